using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using OrderConsole.Api;
using OrderConsole.Core.Access;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Access;

/// <summary><c>/api/users</c>: the people who may sign in.</summary>
internal static class UsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/users", ListAsync).Requires(Permissions.ManageUsers).WithName("listUsers").WithSummary("Everybody who may sign in, by name.");
        api.MapPost("/users", CreateAsync).Requires(Permissions.ManageUsers).WithName("createUser").WithSummary("Let somebody sign in.")
            .WithProblems(OperationRefusedException.ReadOnly, OperationRefusedException.Forbidden).WithBodyProblems();
        Change(api.MapPost("/users/{id:long}/role", SetRoleAsync), "setUserRole", "Give a user another role, or single permissions beyond it; it counts at once.").WithBodyProblems();
        Change(api.MapPost("/users/{id:long}/password", SetPasswordAsync), "setUserPassword", "Give a user another password; signs them out everywhere.").WithBodyProblems();
        Change(api.MapPost("/users/{id:long}/second-factor/reset", ResetSecondFactorAsync), "resetSecondFactor", "Let a user who lost phone and recovery codes sign in with the password alone; signs them out everywhere.");
        Change(api.MapPost("/users/{id:long}/disable", DisableAsync), "disableUser", "Keep a user out; signs them out everywhere.");
        Change(api.MapPost("/users/{id:long}/enable", EnableAsync), "enableUser", "Let a disabled user sign in again.");
    }

    private static RouteHandlerBuilder Change(RouteHandlerBuilder endpoint, string name, string summary) => endpoint.Requires(Permissions.ManageUsers).WithName(name).WithSummary(summary)
        .WithProblems(ProblemCodes.NotFound, ProblemCodes.LastAdmin, OperationRefusedException.ReadOnly, OperationRefusedException.Forbidden);

    private static async Task<Ok<UserListBody>> ListAsync(UserAdmin users, CancellationToken cancel) =>
        TypedResults.Ok(new UserListBody([.. (await users.ListAsync(cancel)).Select(UserBody.Of)]));

    private static async Task<Created<UserBody>> CreateAsync(CreateUserBody body, UserAdmin users, OneTarget caller, CancellationToken cancel)
    {
        var user = await InWordsAsync(() => users.CreateAsync(body.Name?.Trim() ?? "", body.Password ?? "", body.Role ?? "", caller.Caller, cancel));
        return TypedResults.Created(FormattableString.Invariant($"/api/users/{user.Id}"), UserBody.Of(user));
    }

    private static async Task<Ok<UserBody>> SetRoleAsync(long id, UserRoleBody body, UserAdmin users, OneTarget caller, CancellationToken cancel) =>
        TypedResults.Ok(UserBody.Of(await InWordsAsync(() => users.SetRoleAsync(id, body.Role ?? "", body.Permissions, caller.Caller, cancel))));

    private static async Task<Ok<UserBody>> SetPasswordAsync(long id, UserPasswordBody body, UserAdmin users, OneTarget caller, CancellationToken cancel) =>
        TypedResults.Ok(UserBody.Of(await InWordsAsync(() => users.SetPasswordAsync(id, body.Password ?? "", caller.Caller, cancel))));

    private static async Task<Ok<UserBody>> ResetSecondFactorAsync(long id, UserAdmin users, OneTarget caller, CancellationToken cancel) =>
        TypedResults.Ok(UserBody.Of(await InWordsAsync(() => users.ResetSecondFactorAsync(id, caller.Caller, cancel))));

    private static async Task<Ok<UserBody>> DisableAsync(long id, UserAdmin users, OneTarget caller, CancellationToken cancel) =>
        TypedResults.Ok(UserBody.Of(await InWordsAsync(() => users.SetEnabledAsync(id, false, caller.Caller, cancel))));

    private static async Task<Ok<UserBody>> EnableAsync(long id, UserAdmin users, OneTarget caller, CancellationToken cancel) =>
        TypedResults.Ok(UserBody.Of(await InWordsAsync(() => users.SetEnabledAsync(id, true, caller.Caller, cancel))));

    private static async Task<ConsoleUser> InWordsAsync(Func<Task<ConsoleUser>> work)
    {
        try
        {
            return await work();
        }
        catch (AccountRefusedException e)
        {
            throw e.Code switch
            {
                AccountRefusedException.Unknown => new OperationRefusedException(ProblemCodes.NotFound, "There is no such user."),
                AccountRefusedException.Confirm => new OperationRefusedException(OperationRefusedException.Forbidden, "Sign in again first: this session is older than 10 minutes."),
                AccountRefusedException.LastAdmin => new OperationRefusedException(ProblemCodes.LastAdmin, "Nobody would be left who administers users."),
                AccountRefusedException.Name => new InvalidInputException("name", "2 to 64 letters, digits and . _ - @"),
                AccountRefusedException.Taken => new InvalidInputException("name", "a name that no other user has"),
                _ => new InvalidInputException("password", "12 to 128 characters, and none that everybody tries first"),
            };
        }
    }
}

public sealed record CreateUserBody
{
    [Description("2 to 64 letters, digits and . _ - @")]
    [Required, StringLength(64, MinimumLength = 2)]
    public string? Name { get; init; }

    [Required, StringLength(PasswordRules.Longest, MinimumLength = PasswordRules.Shortest)]
    public string? Password { get; init; }

    [Description("viewer, operator or admin.")]
    [Required]
    public string? Role { get; init; }
}

public sealed record UserRoleBody
{
    [Description("viewer, operator or admin.")]
    [Required]
    public string? Role { get; init; }

    [Description("All single permissions beyond the role's; without it they stay as they are.")]
    public IReadOnlyList<string>? Permissions { get; init; }
}

public sealed record UserPasswordBody
{
    [Required, StringLength(PasswordRules.Longest, MinimumLength = PasswordRules.Shortest)]
    public string? Password { get; init; }
}

/// <param name="Permissions">Single ones beyond the role's.</param>
public sealed record UserBody(long Id, string Name, string Role, bool IsEnabled, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt, bool HasSecondFactor, IReadOnlyList<string> Permissions)
{
    public static UserBody Of(ConsoleUser user) => new(user.Id, user.UserName ?? "", user.Role, user.Enabled, user.CreatedAt, user.LastSignInAt, user.TwoFactorEnabled,
        [.. OrderConsole.Core.Access.Permissions.Parse(user.ExtraPermissions)]);
}

public sealed record UserListBody(IReadOnlyList<UserBody> Items);

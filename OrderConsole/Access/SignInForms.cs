using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace OrderConsole.Access;

/// <summary>What the forms of the sign-in pages are sent to. Plain posts: a cookie can not be set over an open page's connection.</summary>
internal static class SignInForms
{
    public const string Password = "/sign-in/password", First = "/setup/first";
    private const int MaxForm = 16 * 1024;

    public static void MapSignIn(this WebApplication app)
    {
        var open = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().WithMetadata(new RequestSizeLimitAttribute(MaxForm));
        open.MapPost(Password, SignInAsync);
        open.MapPost(First, SetUpAsync);
        app.MapPost(SignInPaths.SignOut, SignOutAsync).ExcludeFromDescription().WithMetadata(new RequestSizeLimitAttribute(MaxForm));
        app.MapPost(SignInPaths.SignOut + "/everywhere", SignOutEverywhereAsync).ExcludeFromDescription().WithMetadata(new RequestSizeLimitAttribute(MaxForm));
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? name, [FromForm] string? password, [FromForm] string? from, Accounts accounts, SignInLimits limits, Sessions sessions, SignInAudit audit, HttpContext context)
    {
        var (who, address) = ((name ?? "").Trim(), AddressOf(context));
        if (limits.Wait(who, address) is not null) return Again("wait", from);
        if (who.Length == 0 || (password ?? "").Length is 0 or > PasswordRules.Longest) return Again("wrong", from);
        await limits.Hashing.WaitAsync(context.RequestAborted);
        try
        {
            if (await accounts.FindAsync(who, password!, context.RequestAborted) is not { } user)
            {
                limits.Failed(who, address);
                await audit.FailedAsync(who, address, context.RequestAborted);
                return Again("wrong", from);
            }
            limits.Succeeded(who, address);
            await BeginAsync(user, sessions, audit, AccessActions.SignedIn, context);
            return Results.LocalRedirect(OurOwn(from));
        }
        finally
        {
            limits.Hashing.Release();
        }
    }

    private static async Task<IResult> SetUpAsync(
        [FromForm] string? token, [FromForm] string? name, [FromForm] string? password, [FromForm] string? again, Accounts accounts, FirstRun first, IOptions<AccessOptions> options,
        Sessions sessions, SignInAudit audit, HttpContext context)
    {
        if (!first.IsValid(token)) return Results.LocalRedirect(SignInPaths.Setup);
        if (password != again) return Refused("differ");
        try
        {
            var made = await accounts.SetUpAsync((name ?? "").Trim(), password ?? "", options.Value.Setup.ApiKey, context.RequestAborted);
            first.Close();
            if (!made) return Results.LocalRedirect(SignInPaths.SignIn);
        }
        catch (AccountRefusedException e)
        {
            return Refused(e.Code);
        }
        if (await accounts.FindAsync(name!.Trim(), password!, context.RequestAborted) is { } user) await BeginAsync(user, sessions, audit, AccessActions.SetUp, context);
        return Results.LocalRedirect("/");

        IResult Refused(string code) => Results.LocalRedirect($"{SignInPaths.Setup}?token={Uri.EscapeDataString(token!)}&failed={code}");
    }

    private static async Task<IResult> SignOutAsync([FromForm] string? _, Sessions sessions, SignInAudit audit, HttpContext context)
    {
        if (context.User.SessionId() is { } id) await sessions.EndAsync(id, context.RequestAborted);
        await audit.SignedOutAsync(context);
        await context.SignOutAsync(ConsoleAuthentication.Cookie);
        return Results.LocalRedirect(SignInPaths.SignIn);
    }

    private static async Task<IResult> SignOutEverywhereAsync([FromForm] string? _, Sessions sessions, SignInAudit audit, HttpContext context)
    {
        if (context.User.UserId() is { } user) await sessions.EndAllAsync(user, context.RequestAborted);
        await audit.SignedOutAsync(context);
        await context.SignOutAsync(ConsoleAuthentication.Cookie);
        return Results.LocalRedirect(SignInPaths.SignIn);
    }

    private static async Task BeginAsync(Core.Access.ConsoleUser user, Sessions sessions, SignInAudit audit, string action, HttpContext context)
    {
        var session = await sessions.BeginAsync(user, context);
        await audit.SignedInAsync(action, user, session, context.RequestAborted);
        await context.SignInAsync(ConsoleAuthentication.Cookie, Principals.Of(user, session.Id), new() { IsPersistent = false, ExpiresUtc = session.ExpiresAt });
    }

    private static IResult Again(string why, string? from) => Results.LocalRedirect($"{SignInPaths.SignIn}?failed={why}&from={Uri.EscapeDataString(OurOwn(from))}");

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>A page of ours; anything else is the start.</summary>
    private static string OurOwn(string? from) => from is ['/', not ('/' or '\\'), ..] && !from.Any(char.IsControl) ? from : "/";
}

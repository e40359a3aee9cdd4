using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;

namespace OrderConsole.Access;

/// <summary>What the forms of the sign-in pages are sent to. Plain posts: a cookie can not be set over an open page's connection.</summary>
internal static class SignInForms
{
    public const string Password = "/sign-in/password", Code = "/sign-in/code", First = "/setup/first";
    private const string Pending = "orderconsole-code";
    private const int MaxForm = 16 * 1024;
    private static readonly TimeSpan CodeFor = TimeSpan.FromMinutes(5);
    private static readonly PrefixedCookies Cookies = new();

    public static void MapSignIn(this WebApplication app)
    {
        var open = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().RequireRateLimiting(CallLimits.SignIns).WithMetadata(new RequestSizeLimitAttribute(MaxForm));
        open.MapPost(Password, SignInAsync);
        open.MapPost(Code, EnterCodeAsync);
        open.MapPost(First, SetUpAsync);
        app.MapOAuthSignIn(app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.OAuth);
        app.MapPost(SignInPaths.SignOut, SignOutAsync).ExcludeFromDescription().WithMetadata(new RequestSizeLimitAttribute(MaxForm));
        app.MapPost(SignInPaths.SignOut + "/everywhere", SignOutEverywhereAsync).ExcludeFromDescription().WithMetadata(new RequestSizeLimitAttribute(MaxForm));
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? name, [FromForm] string? password, [FromForm] string? from, Accounts accounts, SignInLimits limits, Sessions sessions, SignInAudit audit, IDataProtectionProvider protection,
        HttpContext context)
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
            if (user.TwoFactorEnabled)
            {
                // Half of a sign-in: worth nothing without the code, and not for long.
                var half = Halves(protection).Protect(user.Id.ToString(CultureInfo.InvariantCulture), CodeFor);
                Cookies.AppendResponseCookie(context, Pending, half, HalfCookie(context));
                return Results.LocalRedirect($"{SignInPaths.SignInCode}?from={Uri.EscapeDataString(OurOwn(from))}");
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

    private static async Task<IResult> EnterCodeAsync(
        [FromForm] string? code, [FromForm] string? from, OrderDatabase database, SecondFactor second, SignInLimits limits, Sessions sessions, SignInAudit audit, IDataProtectionProvider protection,
        HttpContext context)
    {
        if (UserOfHalf(protection, context) is not { } id
            || await database.ReadAsync(db => db.Users.SingleOrDefaultAsync(u => u.Id == id && u.Enabled && u.TwoFactorEnabled, context.RequestAborted)) is not { } user)
            return Again("wait", from);
        var (who, address, anywhere) = (user.UserName!, AddressOf(context), string.Create(CultureInfo.InvariantCulture, $"codes of user {id}"));
        if (limits.Wait(who, address) is not null || limits.Wait(who, anywhere) is not null) return Again("wait", from);
        if (!await second.AcceptAsync(id, code ?? "", context.RequestAborted))
        {
            limits.Failed(who, address);
            limits.FailedAnywhere(anywhere);
            await audit.FailedAsync(who, address, context.RequestAborted);
            return Results.LocalRedirect($"{SignInPaths.SignInCode}?failed=wrong&from={Uri.EscapeDataString(OurOwn(from))}");
        }
        limits.Succeeded(who, address);
        Cookies.DeleteCookie(context, Pending, HalfCookie(context));
        await BeginAsync(user, sessions, audit, AccessActions.SignedIn, context);
        return Results.LocalRedirect(OurOwn(from));
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

    public static async Task BeginAsync(Core.Access.ConsoleUser user, Sessions sessions, SignInAudit audit, string action, HttpContext context)
    {
        var session = await sessions.BeginAsync(user, context);
        await audit.SignedInAsync(action, user, session, context.RequestAborted);
        await context.SignInAsync(ConsoleAuthentication.Cookie, Principals.Of(user, session.Id), new() { IsPersistent = false, ExpiresUtc = session.ExpiresAt });
    }

    private static IResult Again(string why, string? from) => Results.LocalRedirect($"{SignInPaths.SignIn}?failed={why}&from={Uri.EscapeDataString(OurOwn(from))}");

    private static ITimeLimitedDataProtector Halves(IDataProtectionProvider protection) => protection.CreateProtector("OrderConsole.HalfSignIn").ToTimeLimitedDataProtector();

    private static CookieOptions HalfCookie(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", MaxAge = CodeFor, IsEssential = true };

    private static long? UserOfHalf(IDataProtectionProvider protection, HttpContext context)
    {
        try
        {
            return Cookies.GetRequestCookie(context, Pending) is { } half ? long.Parse(Halves(protection).Unprotect(half), CultureInfo.InvariantCulture) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>A page of ours; anything else is the start.</summary>
    public static string OurOwn(string? from) => from is ['/', not ('/' or '\\'), ..] && !from.Any(char.IsControl) ? from : "/";
}

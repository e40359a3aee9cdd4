using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OrderConsole.Core;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;

namespace OrderConsole.Access;

/// <summary>Everything is closed but what says that it is open.</summary>
internal static class ConsoleAuthentication
{
    public const string Cookie = "cookie", Bearer = "key", CookieName = "orderconsole";
    private const string Either = "console";

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<AccessOptions>(builder.Configuration, "Access");
        services.AddSingleton<KeyRing>().AddSingleton<Sessions>().AddSingleton<SignedInCookie>().AddSingleton<Accounts>().AddSingleton<SignInLimits>().AddSingleton<FirstRun>().AddSingleton<LiveConnections>().AddSingleton<UserAdmin>().AddSingleton<SecondFactor>().AddSingleton<OwnAccount>().AddSingleton<KeyAdmin>().AddSingleton<SignInAudit>();
        services.AddSingleton<IPasswordHasher<ConsoleUser>>(p => new PasswordHasher<ConsoleUser>(Options.Create(
            new PasswordHasherOptions { IterationCount = p.GetRequiredService<IOptions<AccessOptions>>().Value.PasswordIterations })));
        services.AddHostedService(p => p.GetRequiredService<FirstRun>());
        services.AddHostedService(p => p.GetRequiredService<LiveConnections>());
        services.AddSignIns(builder.Configuration.GetSection("Access:OAuth").Get<OAuthOptions>() ?? new());
        services.AddCallLimits();
        services.AddAuthorizationBuilder().AddPermissions().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim(Principals.Permission, Permissions.View).Build());
        services.AddCascadingAuthenticationState();
        var protection = services.AddDataProtection().SetApplicationName("OrderConsole");
        if (builder.Configuration["Access:KeyFolder"] is { Length: > 0 } folder) protection.PersistKeysToFileSystem(PrivateFolder(folder));
        else services.AddOptions<KeyManagementOptions>().Configure<OrderDatabase, AuditKeys>((keys, database, audit) =>
            (keys.XmlRepository, keys.XmlEncryptor) = (new CookieKeys(database), new CookieKeyEncryptor(audit)));
    }

    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseMiddleware<CookieCalls>();
        app.UseMiddleware<ConnectionCap>();
    }

    /// <summary>What an endpoint asks for beyond being signed in.</summary>
    public static T Requires<T>(this T endpoint, string permission) where T : IEndpointConventionBuilder => endpoint.RequireAuthorization(permission);

    /// <summary>What it asks for depends on the action in the body, so the gate of all actions asks.</summary>
    public static T GateDecides<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new DecidedByGate());

    /// <summary>Ends the start when an endpoint changes something and does not say who may: a forgotten permission is an open door.</summary>
    public static void NameTheirPermissions(this IEndpointConventionBuilder endpoints) => endpoints.Finally(endpoint =>
    {
        var changes = endpoint.Metadata.OfType<IHttpMethodMetadata>().SelectMany(m => m.HttpMethods).Any(m => !HttpMethods.IsGet(m) && !HttpMethods.IsHead(m));
        if (changes && !endpoint.Metadata.Any(m => m is DecidedByGate or IAuthorizeData { Policy: not null }))
            throw new InvalidOperationException($"{endpoint.DisplayName} names no permission.");
    });

    private sealed class DecidedByGate;

    private static void AddSignIns(this IServiceCollection services, OAuthOptions oauth)
    {
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? Bearer : Cookie)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(Bearer, null)
            .AddCookie(Cookie, cookie =>
            {
                cookie.Cookie.Name = CookieName;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.Cookie.Path = "/";
                cookie.CookieManager = new PrefixedCookies();
                cookie.SlidingExpiration = false;
                cookie.EventsType = typeof(SignedInCookie);
            })
            .AddOAuthSignIn(oauth);
        services.AddOptions<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>(Cookie)
            .Configure<IOptions<AccessOptions>>((cookie, access) => cookie.ExpireTimeSpan = access.Value.SessionLength);
    }

    private static AuthorizationBuilder AddPermissions(this AuthorizationBuilder policies)
    {
        foreach (var permission in Permissions.All)
            policies.AddPolicy(permission, p => p.RequireAuthenticatedUser().RequireClaim(Principals.Permission, permission));
        return policies;
    }

    /// <summary>A folder that its owner alone can read: whoever has these keys can sign cookies.</summary>
    private static DirectoryInfo PrivateFolder(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}

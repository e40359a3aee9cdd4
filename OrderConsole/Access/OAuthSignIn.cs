using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Access;

namespace OrderConsole.Access;

/// <summary>Sign-in through an OAuth 2 provider with PKCE (RFC 7636). Who it is, the provider's user information says.</summary>
internal static class OAuthSignIn
{
    public const string Scheme = "oauth", Callback = "/sign-in/oauth/back", Start = "/sign-in/oauth";
    private const string Subject = "sub", Name = "name", Group = "group";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), LongestWay = TimeSpan.FromMinutes(10);

    public static AuthenticationBuilder AddOAuthSignIn(this AuthenticationBuilder authentication, OAuthOptions settings)
    {
        if (!settings.IsOn) return authentication;
        Check(settings);
        return authentication.AddOAuth(Scheme, settings.Name, oauth =>
        {
            oauth.ClientId = settings.ClientId;
            oauth.ClientSecret = settings.ClientSecret;
            oauth.AuthorizationEndpoint = settings.AuthorizationEndpoint;
            oauth.TokenEndpoint = settings.TokenEndpoint;
            oauth.UserInformationEndpoint = settings.UserInformationEndpoint;
            oauth.CallbackPath = Callback;
            oauth.SignInScheme = ConsoleAuthentication.Cookie;
            oauth.UsePkce = true;
            oauth.SaveTokens = false;
            oauth.BackchannelTimeout = Patience;
            oauth.RemoteAuthenticationTimeout = LongestWay;
            // The way back is a link that the browser follows; a strict cookie would stay behind.
            oauth.CorrelationCookie.SameSite = SameSiteMode.Lax;
            oauth.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            foreach (var scope in settings.Scopes) oauth.Scope.Add(scope);
            oauth.Events.OnCreatingTicket = context => ReadUserAsync(context, settings);
            oauth.Events.OnTicketReceived = LetInAsync;
            oauth.Events.OnRemoteFailure = TellAsync;
        });
    }

    public static void MapOAuthSignIn(this IEndpointRouteBuilder app, OAuthOptions settings)
    {
        if (settings.IsOn)
            app.MapGet(Start, (string? from) => Results.Challenge(new() { RedirectUri = SignInForms.OurOwn(from) }, [Scheme])).AllowAnonymous().ExcludeFromDescription().RequireRateLimiting(CallLimits.SignIns);
    }

    private static async Task ReadUserAsync(OAuthCreatingTicketContext context, OAuthOptions settings)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, settings.UserInformationEndpoint) { Headers = { Authorization = new("Bearer", context.AccessToken), Accept = { new("application/json") } } };
        using var answer = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        answer.EnsureSuccessStatusCode();
        using var user = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(context.HttpContext.RequestAborted));
        var subject = TextOf(user.RootElement, settings.SubjectField) ?? throw new AuthenticationFailureException($"The provider's answer has no {settings.SubjectField}.");
        context.Identity!.AddClaim(new(Subject, subject));
        context.Identity.AddClaim(new(Name, TextOf(user.RootElement, settings.NameField) ?? subject));
        context.Identity.AddClaims(GroupsOf(user.RootElement, settings.GroupsField).Select(g => new System.Security.Claims.Claim(Group, g)));
    }

    private static async Task LetInAsync(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var settings = services.GetRequiredService<IOptions<AccessOptions>>().Value.OAuth;
        var provided = context.Principal!;
        // From here on it is our answer: the framework would put the provider's claims into our cookie.
        context.HandleResponse();
        var groups = provided.FindAll(Group).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
        var role = Roles.All.LastOrDefault(r => settings.Groups.Any(g => g.Value == r && groups.Contains(g.Key)));
        var user = role is null ? null : await services.GetRequiredService<Accounts>().OfProviderAsync(
            settings.AuthorizationEndpoint, provided.FindFirst(Subject)!.Value, provided.FindFirst(Name)!.Value, role, context.HttpContext.RequestAborted);
        var audit = services.GetRequiredService<SignInAudit>();
        if (user is null)
        {
            await audit.FailedAsync(provided.FindFirst(Name)!.Value, context.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "", context.HttpContext.RequestAborted);
            context.Response.Redirect($"{SignInPaths.SignIn}?failed=provider_denied");
            return;
        }
        await SignInForms.BeginAsync(user, services.GetRequiredService<Sessions>(), audit, AccessActions.SignedIn, context.HttpContext);
        context.Response.Redirect(SignInForms.OurOwn(context.ReturnUri));
    }

    private static Task TellAsync(RemoteFailureContext context)
    {
        OAuthLog.Failed(context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OAuthSignIn)), context.Failure?.Message ?? "no reason given");
        context.HandleResponse();
        context.Response.Redirect($"{SignInPaths.SignIn}?failed=provider");
        return Task.CompletedTask;
    }

    private static string? TextOf(JsonElement user, string field) => !user.TryGetProperty(field, out var value) ? null
        : value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null };

    private static string[] GroupsOf(JsonElement user, string field) => !user.TryGetProperty(field, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Where(g => g.ValueKind == JsonValueKind.String).Select(g => g.GetString()!)]
        : value.ValueKind == JsonValueKind.String ? value.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];

    private static void Check(OAuthOptions settings)
    {
        foreach (var (key, url) in new[] { ("AuthorizationEndpoint", settings.AuthorizationEndpoint), ("TokenEndpoint", settings.TokenEndpoint), ("UserInformationEndpoint", settings.UserInformationEndpoint) })
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip))))
                throw Wrong($"Access:OAuth:{key} is \"{url}\"; allowed is an https address.");
        if (settings.ClientSecret.Length == 0) throw Wrong("Access:OAuth:ClientSecret is empty; give it by the environment: Access__OAuth__ClientSecret.");
        if (settings.Groups.Count == 0) throw Wrong("Access:OAuth:Groups is empty, so that nobody could sign in: name a group and its role, Access:OAuth:Groups:<group> = viewer or operator.");
        foreach (var (group, role) in settings.Groups)
            if (role is not (Roles.Viewer or Roles.Operator)) throw Wrong($"Access:OAuth:Groups:{group} is \"{role}\"; allowed are viewer and operator. An administrator is made by an administrator.");
    }

    private static OptionsValidationException Wrong(string sentence) => new("Access:OAuth", typeof(OAuthOptions), [sentence]);
}

internal static partial class OAuthLog
{
    [LoggerMessage(1504, LogLevel.Information, "A sign-in through the provider failed: {Reason}")]
    public static partial void Failed(ILogger log, string reason);
}

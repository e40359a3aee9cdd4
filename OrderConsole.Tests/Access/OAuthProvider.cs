using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace OrderConsole.Tests.Access;

/// <summary>A small OAuth 2 provider on loopback: whoever asks is <see cref="Person"/>; a code is good once and takes its verifier.</summary>
internal sealed class OAuthProvider : IAsyncDisposable
{
    public const string ClientId = "console", ClientSecret = "mvkeixyqpwlz-zwpqlxkv";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _challenges = new();

    private OAuthProvider(WebApplication app) => _app = app;

    /// <summary>What the user information says.</summary>
    public object Person { get; set; } = new { sub = "1", preferred_username = "sam", groups = new[] { "ops" } };
    /// <summary>Why token calls were refused.</summary>
    public ConcurrentQueue<string> Refused { get; } = [];

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Access:OAuth:Name", "Harbour"), new("Access:OAuth:ClientId", ClientId), new("Access:OAuth:ClientSecret", ClientSecret),
        new("Access:OAuth:AuthorizationEndpoint", Address + "/authorize"), new("Access:OAuth:TokenEndpoint", Address + "/token"),
        new("Access:OAuth:UserInformationEndpoint", Address + "/user"), new("Access:OAuth:Groups:ops", "operator"), new("Access:OAuth:Groups:all", "viewer"),
    ];

    public static async Task<OAuthProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new OAuthProvider(builder.Build());
        provider._app.MapGet("/authorize", provider.Authorize);
        provider._app.MapPost("/token", (Delegate)provider.TokenAsync);
        provider._app.MapGet("/user", (HttpContext context) => context.Request.Headers.Authorization == "Bearer for-sam" ? Results.Json(provider.Person) : Results.Unauthorized());
        await provider._app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256" || query["code_challenge"].ToString().Length != 43)
            return Results.BadRequest("without PKCE there is no code");
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _challenges[code] = query["code_challenge"].ToString();
        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }));
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (form["client_secret"] != ClientSecret) return Refuse("client");
        if (!_challenges.TryRemove(form["code"].ToString(), out var challenge)) return Refuse("code");
        var verifier = form["code_verifier"].ToString();
        if (WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) != challenge) return Refuse("verifier");
        return Results.Json(new { access_token = "for-sam", token_type = "Bearer", expires_in = 60 });
    }

    private IResult Refuse(string why)
    {
        Refused.Enqueue(why);
        return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
    }
}

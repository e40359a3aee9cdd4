using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;

namespace OrderConsole.Access;

/// <summary><c>Authorization: Bearer oc_...</c>, from the header alone: an address ends up in logs.</summary>
internal sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, KeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Word = "Bearer ";

    private StoreUnavailableException? _away;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Word, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        try
        {
            return await keys.FindAsync(header[Word.Length..].Trim(), Context.RequestAborted) is { } key
                ? AuthenticateResult.Success(new(Principals.Of(key), Scheme.Name))
                : AuthenticateResult.Fail("No such key, or it has expired or was revoked.");
        }
        catch (StoreUnavailableException away)
        {
            // What is open to everybody stays open; the rest hears that nobody can say who this is.
            return AuthenticateResult.Fail(_away = away);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => _away is null ? AccessAnswers.ChallengeAsync(Context) : Task.FromException(_away);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => AccessAnswers.ForbidAsync(Context);
}

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using OrderConsole.Core.Data;

namespace OrderConsole.Access;

/// <summary>What a cookie says is looked up again for every request: it names a session and nothing more.</summary>
internal sealed class SignedInCookie(Sessions sessions) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        try
        {
            if (context.Principal?.SessionId() is { } id && await sessions.UserOfAsync(id, context.HttpContext.RequestAborted) is { } user)
                context.ReplacePrincipal(Principals.Of(user, id));
            else
                context.RejectPrincipal();
        }
        catch (StoreUnavailableException)
        {
            // The pages still say what is wrong; whatever is done asks the database and is refused.
            context.ReplacePrincipal(Principals.LookingOnly(context.Principal!));
        }
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) => AccessAnswers.ChallengeAsync(context.HttpContext);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) => AccessAnswers.ForbidAsync(context.HttpContext);
}

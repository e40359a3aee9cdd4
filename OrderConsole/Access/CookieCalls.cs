using Microsoft.AspNetCore.Antiforgery;
using OrderConsole.Api;

namespace OrderConsole.Access;

/// <summary>
/// A browser sends its cookie with whatever page of another site it shows. So a call of the API that changes something and
/// has only the cookie needs the antiforgery token as well, also when it has no body; a key is sent by nobody unasked.
/// </summary>
internal sealed class CookieCalls(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (IsGuarded(context) && !await antiforgery.IsRequestValidAsync(context))
            await Problem.WriteAsync(context, ProblemCodes.NoAntiforgery, "Calls with the browser's cookie need the antiforgery token; programs use an API key.");
        else
            await next(context);
    }

    private static bool IsGuarded(HttpContext context) => context.Request.Path.StartsWithSegments("/api") && context.User.UserId() is not null
        && !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));
}

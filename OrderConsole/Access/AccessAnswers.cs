using OrderConsole.Api;

namespace OrderConsole.Access;

/// <summary>How the console says no: programs get a problem, a page leads to the sign-in.</summary>
internal static class AccessAnswers
{
    public static Task ChallengeAsync(HttpContext context)
    {
        if (IsForPrograms(context.Request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problem.WriteAsync(context, ProblemCodes.NotSignedIn, "Sign in, or send a valid API key: Authorization: Bearer oc_...");
        }
        var from = context.Request.Path + context.Request.QueryString;
        context.Response.Redirect(from == "/" ? SignInPaths.SignIn : $"{SignInPaths.SignIn}?from={Uri.EscapeDataString(from)}");
        return Task.CompletedTask;
    }

    public static Task ForbidAsync(HttpContext context)
    {
        if (IsForPrograms(context.Request)) return Problem.WriteAsync(context, ProblemCodes.NotPermitted, "Your role or your key does not permit this.");
        context.Response.Redirect(SignInPaths.NotPermitted);
        return Task.CompletedTask;
    }

    private static bool IsForPrograms(HttpRequest request) =>
        ApiRoutes.IsApi(request.Path) || request.Path.StartsWithSegments("/_blazor") || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
}

internal static class SignInPaths
{
    public const string SignIn = "/sign-in", SignInCode = "/sign-in/second", SignOut = "/sign-out", Setup = "/setup", NotPermitted = "/not-permitted";
}

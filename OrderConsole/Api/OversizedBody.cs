using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace OrderConsole.Api;

/// <summary>
/// Answers a body that announces itself as too large. It is read to its end and thrown away first, within reason: a
/// client that is still writing when the server hangs up sees a broken connection and never the answer.
/// </summary>
internal sealed class OversizedBody(RequestDelegate next)
{
    private const long WorthReading = 32 * 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        var limit = LimitOf(context);
        if (context.Request.ContentLength is not { } length || length <= limit)
        {
            await next(context);
            return;
        }
        if (length <= WorthReading && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = WorthReading;
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        await AnswerAsync(context, limit);
    }

    public static long LimitOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? BodyLimits.Single;

    public static Task AnswerAsync(HttpContext context, long limit) =>
        Problem.WriteAsync(context, ProblemCodes.TooLarge, "The body is too large.", "body", FormattableString.Invariant($"at most {limit:N0} bytes"));
}

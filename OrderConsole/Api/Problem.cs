using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace OrderConsole.Api;

/// <summary>RFC 9457, with a stable code for programs.</summary>
/// <param name="Code">A stable word; programs decide by it.</param>
/// <param name="Detail">What is wrong, for people.</param>
/// <param name="Field">The field, parameter or header that is wrong, as the caller wrote it: <c>lines[0].quantity</c>.</param>
/// <param name="Allowed">What would be allowed in that field.</param>
/// <param name="TraceId">What to look for in the log.</param>
public sealed record Problem(
    string Type, string Title, int Status, string Code, string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Allowed,
    string TraceId)
{
    public const string ContentType = "application/problem+json";

    /// <summary>Answers with a problem; also when the caller does not say that it accepts JSON, since no answer would be worse.</summary>
    /// <param name="status">Only where the code's own status in <see cref="ProblemCodes"/> does not fit the call.</param>
    public static Task WriteAsync(HttpContext context, string code, string detail, string? field = null, string? allowed = null, int? status = null)
    {
        var httpStatus = status ?? ProblemCodes.Status[code];
        context.Response.StatusCode = httpStatus;
        var problem = new Problem("about:blank", ReasonPhrases.GetReasonPhrase(httpStatus), httpStatus, code, detail, field, allowed,
            Activity.Current?.Id ?? context.TraceIdentifier);
        return context.Response.WriteAsJsonAsync(problem, ApiJson.Options, ContentType, context.RequestAborted);
    }
}

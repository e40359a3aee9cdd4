using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Microsoft.OpenApi;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary><c>/api/audit</c>: who did what, and whether that can be believed.</summary>
internal static class AuditApi
{
    private const int MaxName = 256, MaxAction = 64;
    private static readonly string[] Names = ["who", "action", "target", "outcome", "from", "to", "operation"];

    private static OpenApiParameter[] Documented =>
    [
        Text("who", "Only what this user, key or job did."), Text("action", "Only this action."), Text("target", "Only what was done to this."),
        ApiDocument.Words<AuditOutcome>("outcome", "Only what ended so."),
        ApiDocument.Query("from", "At or after this.", new() { Type = JsonSchemaType.String, Format = "date-time" }),
        ApiDocument.Query("to", "Before this.", new() { Type = JsonSchemaType.String, Format = "date-time" }),
        ApiDocument.Query("operation", "Only rows of this operation.", new() { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "1" }),
    ];

    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", PageAsync).Requires(Permissions.ReadAudit).WithName("listAudit").WithSummary("A page of the audit, latest first.")
            .WithQuery([.. Documented, .. ApiDocument.Paging("Rows")]).WithProblems(ProblemCodes.Invalid);
        api.MapGet("/audit/export", ExportAsync).Requires(Permissions.ReadAudit).WithName("exportAudit").WithSummary("The rows of a view as a file, up to 100,000, latest first.")
            .WithQuery([.. Documented, ApiDocument.Words<AuditFormat>("format", "Csv without it.")])
            .Produces(StatusCodes.Status200OK, contentType: "text/csv", additionalContentTypes: "application/json").WithProblems(ProblemCodes.Invalid);
        api.MapGet("/audit/verify", VerifyAsync).Requires(Permissions.ReadAudit).WithName("verifyAudit").WithSummary("Compute the chain anew and name the first broken row.")
            .WithQuery(Text("anchor", "An anchor from a log, as row:hash, to compare with.")).WithProblems(ProblemCodes.Invalid);
    }

    private static async Task<Ok<AuditPageBody>> PageAsync(HttpRequest request, AuditQueries audit, CancellationToken cancel)
    {
        var query = new QueryReader(request.Query, [.. Names, "page", "pageSize"]);
        var page = await audit.PageAsync(FilterOf(query), query.Page, query.PageSize, cancel);
        return TypedResults.Ok(new AuditPageBody([.. page.Items.Select(AuditRowBody.Of)], page.Page, page.PageSize, page.Total, page.TotalIsExact));
    }

    private static async Task ExportAsync(HttpContext context, AuditExport export, TimeProvider time, IStringLocalizer<SharedResources> text, CancellationToken cancel)
    {
        var query = new QueryReader(context.Request.Query, [.. Names, "format"]);
        var (filter, isJson) = (FilterOf(query), query.Word<AuditFormat>("format") == AuditFormat.Json);
        context.Response.ContentType = isJson ? "application/json" : "text/csv; charset=utf-8; header=present";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"audit-{time.GetUtcNow():yyyyMMdd-HHmmss}.{(isJson ? "json" : "csv")}\"";
        context.Response.Headers.CacheControl = "no-store";
        await (isJson ? export.WriteJsonAsync(context.Response.Body, filter, cancel) : export.WriteCsvAsync(context.Response.Body, filter, text["Export.Truncated"], cancel));
    }

    private static async Task<Ok<AuditVerdictBody>> VerifyAsync(HttpRequest request, AuditVerifier verifier, CancellationToken cancel)
    {
        var anchor = new QueryReader(request.Query, "anchor").Text("anchor", 100);
        return TypedResults.Ok(AuditVerdictBody.Of(await verifier.VerifyAsync(cancel, outside: AnchorOf(anchor))));
    }

    /// <summary>An anchor as the log has it, <c>row:hash</c>.</summary>
    /// <exception cref="InvalidInputException">It has another form.</exception>
    public static AuditAnchor? AnchorOf(string? text) => text is null ? null
        : text.Split(':') is [var seq, { Length: 64 } hash] && long.TryParse(seq, out var row) && row > 0 && hash.All(char.IsAsciiHexDigit)
            ? new AuditAnchor { Seq = row, Hash = hash.ToLowerInvariant() }
            : throw new InvalidInputException("anchor", "a row's number, a colon, and 64 hexadecimal digits");

    private static AuditFilter FilterOf(QueryReader query) => new(query.Text("who", MaxName), query.Text("action", MaxAction), query.Text("target", MaxName),
        query.Word<AuditOutcome>("outcome"), query.Moment("from"), query.Moment("to"), query.Number("operation"));

    private static OpenApiParameter Text(string name, string description) => ApiDocument.Query(name, description, new() { Type = JsonSchemaType.String, MaxLength = MaxName });
}

public enum AuditFormat { Csv, Json }

/// <param name="Total">How many rows match; a lower bound when <paramref name="TotalIsExact"/> is false.</param>
public sealed record AuditPageBody(IReadOnlyList<AuditRowBody> Items, int Page, int PageSize, int Total, bool TotalIsExact);

/// <summary>One row of the audit.</summary>
/// <param name="Seq">Its number, from 1 without a gap.</param>
/// <param name="Source">console, api or system.</param>
/// <param name="Credential">The key or the session.</param>
/// <param name="Code">Why it was refused, denied or failed, as a stable word.</param>
/// <param name="Operation">The operation it belongs to.</param>
/// <param name="KeyId">Which key signed it.</param>
/// <param name="Hash">HMAC-SHA256 over the hash before and this row.</param>
public sealed record AuditRowBody(
    long Seq, DateTimeOffset At, string Who, string? Role, string Source, string? Address, string? Credential, string Action, string? Target,
    string? Before, string? After, string? Reason, AuditOutcome Outcome, string? Code, long? Operation, string KeyId, string Hash)
{
    internal static AuditRowBody Of(AuditRow r) => new(
        r.Seq, r.At, r.Who, r.Role, r.Source, r.Address, r.Credential, r.Action, r.Target, r.Before, r.After, r.Reason, r.Outcome, r.Code, r.OperationId, r.KeyId, r.Hash);
}

/// <summary>What a verification found.</summary>
/// <param name="Rows">How many rows hold together from the first on.</param>
/// <param name="Anchors">How many anchors they were compared with.</param>
/// <param name="Head">The hash of the last good row.</param>
/// <param name="Fault">What is wrong with the first broken row.</param>
/// <param name="Broken">The first broken row.</param>
public sealed record AuditVerdictBody(bool IsWhole, long Rows, int Anchors, string Head, TimeSpan Took, AuditFault? Fault, long? Broken)
{
    internal static AuditVerdictBody Of(AuditVerdict v) => new(v.IsWhole, v.Rows, v.Anchors, v.Head, v.Took, v.Fault, v.Broken);
}

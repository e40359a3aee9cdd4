using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Microsoft.OpenApi;
using OrderConsole.Access;
using OrderConsole.Components.Diagnostics;
using OrderConsole.Components;
using OrderConsole.Core.Access;
using OrderConsole.Core.Diagnostics;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary><c>/api/diagnostics</c>: look at everything now, and read what was found.</summary>
internal static class DiagnosticsApi
{
    private static readonly OpenApiParameter Language = ApiDocument.Query("language", "Of the sentences; without it as Accept-Language says.",
        new() { Type = JsonSchemaType.String, Enum = [.. Screens.Languages.Select(l => JsonValue.Create(l))] });

    public static void MapDiagnostics(this IEndpointRouteBuilder api)
    {
        api.MapPost("/diagnostics", RunAsync).Requires(Permissions.Diagnose).WithName("runDiagnosis").WithSummary("Look at everything now. While a diagnosis is under way, its report is the answer.")
            .WithQuery(Language).WithProblems(ProblemCodes.Invalid);
        api.MapGet("/diagnostics/latest", LatestAsync).WithName("getLatestDiagnosis").WithSummary("The report of the latest diagnosis.")
            .WithQuery(Language).WithProblems(ProblemCodes.NoDiagnosis, ProblemCodes.Invalid);
        api.MapGet("/diagnostics", PageAsync).WithName("listDiagnoses").WithSummary("A page of reports, latest first.")
            .WithQuery(ApiDocument.Paging("Reports")).WithProblems(ProblemCodes.Invalid);
        api.MapGet("/diagnostics/{id:long}", FindAsync).WithName("getDiagnosis").WithSummary("One report.")
            .WithQuery(Language).WithProblems(ProblemCodes.NoDiagnosis, ProblemCodes.Invalid);
        api.MapGet("/diagnostics/{id:long}/file", DownloadAsync).WithName("downloadDiagnosis").WithSummary("One report as a file.")
            .WithQuery(ApiDocument.Words<DiagnosisFormat>("format", "Json without it."), Language)
            .Produces<DiagnosisBody>(StatusCodes.Status200OK, "application/json", "text/markdown").WithProblems(ProblemCodes.NoDiagnosis, ProblemCodes.Invalid);
    }

    private static async Task<Ok<DiagnosisBody>> RunAsync(HttpRequest request, AskedDiagnosis asked, OneTarget caller, IStringLocalizer<SharedResources> text, CancellationToken cancel)
    {
        Speak(new QueryReader(request.Query, "language"));
        return TypedResults.Ok(DiagnosisBody.Of(await asked.RunAsync(DiagnosisTrigger.Api, caller.Caller, cancel), text));
    }

    private static async Task<Results<Ok<DiagnosisBody>, EmptyHttpResult>> LatestAsync(HttpContext context, DiagnosisStore store, IStringLocalizer<SharedResources> text, CancellationToken cancel)
    {
        Speak(new QueryReader(context.Request.Query, "language"));
        return await store.LatestAsync(cancel) is { } report ? TypedResults.Ok(DiagnosisBody.Of(report, text)) : await NoneAsync(context, "Nobody has run a diagnosis yet.");
    }

    private static async Task<Ok<DiagnosisPageBody>> PageAsync(HttpRequest request, DiagnosisStore store, CancellationToken cancel)
    {
        var query = new QueryReader(request.Query, "page", "pageSize");
        var page = await store.PageAsync(query.Page, query.PageSize, cancel);
        return TypedResults.Ok(new DiagnosisPageBody([.. page.Items.Select(DiagnosisSummaryBody.Of)], page.Page, page.PageSize, page.Total));
    }

    private static async Task<Results<Ok<DiagnosisBody>, EmptyHttpResult>> FindAsync(
        long id, HttpContext context, DiagnosisStore store, IStringLocalizer<SharedResources> text, CancellationToken cancel)
    {
        Speak(new QueryReader(context.Request.Query, "language"));
        return await store.FindAsync(id, cancel) is { } report ? TypedResults.Ok(DiagnosisBody.Of(report, text)) : await NoneAsync(context, Forgotten);
    }

    private static async Task<IResult> DownloadAsync(long id, HttpContext context, DiagnosisStore store, IStringLocalizer<SharedResources> text, CancellationToken cancel)
    {
        var query = new QueryReader(context.Request.Query, "format", "language");
        var format = query.Word<DiagnosisFormat>("format") ?? DiagnosisFormat.Json;
        Speak(query);
        if (await store.FindAsync(id, cancel) is not { } report) return await NoneAsync(context, Forgotten);
        var name = string.Create(CultureInfo.InvariantCulture, $"diagnosis-{id}-{report.At:yyyyMMdd-HHmmss}");
        context.Response.Headers.CacheControl = "no-store";
        return format == DiagnosisFormat.Markdown
            ? TypedResults.File(System.Text.Encoding.UTF8.GetBytes(DiagnosisMarkdown.Of(report, text)), "text/markdown; charset=utf-8", name + ".md")
            : TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(DiagnosisBody.Of(report, text), ApiJson.Options), "application/json", name + ".json");
    }

    private const string Forgotten = "There is no such report, or not any more.";

    /// <summary>The rest of the request speaks the language that is asked for.</summary>
    private static void Speak(QueryReader query)
    {
        if (query.Text("language", 20) is not { Length: > 0 } asked) return;
        var language = Screens.Languages.FirstOrDefault(l => l.Equals(asked, StringComparison.OrdinalIgnoreCase)) ?? throw new InvalidInputException("language", string.Join(", ", Screens.Languages));
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
    }

    private static async Task<EmptyHttpResult> NoneAsync(HttpContext context, string words)
    {
        await Problem.WriteAsync(context, ProblemCodes.NoDiagnosis, words);
        return TypedResults.Empty;
    }
}

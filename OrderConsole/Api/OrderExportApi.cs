using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary><c>GET /api/orders/export</c>: a view of orders as a file for spreadsheets.</summary>
internal static class OrderExportApi
{
    public static void MapOrderExport(this IEndpointRouteBuilder api) =>
        api.MapGet("/orders/export", WriteAsync).WithName("exportOrders")
            .WithSummary("The orders of a view as CSV, up to 100,000; the last line says when there are more.")
            .WithQuery([.. OrderFilterParameters.Documented, ApiDocument.Words<OrderSort>("sort", "In which order; Newest without it.")])
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").WithProblems(ProblemCodes.Invalid);

    private static async Task WriteAsync(HttpContext context, OrderExport export, TimeProvider time, IStringLocalizer<SharedResources> text, CancellationToken cancel)
    {
        var query = new QueryReader(context.Request.Query, [.. OrderFilterParameters.Names, "sort"]);
        var (filter, sort) = (OrderFilterParameters.Read(query), query.Word<OrderSort>("sort") ?? OrderSort.Newest);
        context.Response.ContentType = "text/csv; charset=utf-8; header=present";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"orders-{time.GetUtcNow():yyyyMMdd-HHmmss}.csv\"";
        context.Response.Headers.CacheControl = "no-store";
        await export.WriteAsync(context.Response.Body, filter, sort, ExportWords.Of(text), cancel);
    }
}

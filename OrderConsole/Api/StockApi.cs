using System.ComponentModel.DataAnnotations;
using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary><c>/api/stock/{sku}</c>.</summary>
internal static class StockApi
{
    public static void MapStock(this IEndpointRouteBuilder api)
    {
        // A SKU may have slashes, so it is all the rest of the path.
        api.MapPut("/stock/{**sku}", SetAsync).Requires(Permissions.Orders).WithName("setStock").WithSummary("Set how many pieces can be ordered; what is reserved or sold stays.").WithBodyProblems();
        api.MapGet("/stock/{**sku}", FindAsync).WithName("getStock").WithSummary("What can be ordered, is held by pending orders, and was sold.").Produces<Problem>(StatusCodes.Status404NotFound, Problem.ContentType);
    }

    private static async Task<Ok<StockBody>> SetAsync(string? sku, SetStockBody body, StockLevels stock, OneTarget caller, OperationGuard guard, AuditLog audit, CancellationToken cancel)
    {
        // -1: what is missing is refused as out of range.
        var (name, available) = (Unescaped(sku), body.Available ?? -1);
        var what = new AuditEntry(AuditActions.SetStock, AuditOutcome.Done, name) { After = Number(available) };
        var actor = await guard.DemandAsync(caller.Caller, Permissions.Orders, what, cancel, alsoReadOnly: true);
        var set = await stock.SetAsync(name, available, cancel, (db, before) => audit.AppendAsync(db, actor, what with { Before = Number(before) }, cancel));
        return TypedResults.Ok(StockBody.Of(set));
    }

    private static string Number(long pieces) => pieces.ToString(CultureInfo.InvariantCulture);

    private static async Task<Results<Ok<StockBody>, EmptyHttpResult>> FindAsync(string? sku, HttpContext context, StockLevels stock, CancellationToken cancel)
    {
        if (await stock.FindAsync(Unescaped(sku), cancel) is { } found) return TypedResults.Ok(StockBody.Of(found));
        // Here the SKU names the resource; in an order an unknown one is a wrong value.
        await Problem.WriteAsync(context, OrderRefusedException.UnknownSku, "Nobody has set the stock of this SKU.", status: StatusCodes.Status404NotFound);
        return TypedResults.Empty;
    }

    // The server decodes everything in a path but the slash.
    private static string Unescaped(string? sku) => (sku ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}

public sealed record SetStockBody
{
    [Description("Pieces that can be ordered from now on.")]
    [Required, Range(0, StockLevels.MaxAvailable)]
    public long? Available { get; init; }
}

/// <param name="Available">Pieces that can be ordered.</param>
/// <param name="Reserved">Pieces held by pending orders.</param>
/// <param name="Sold">Pieces of paid orders.</param>
public sealed record StockBody(string Sku, long Available, long Reserved, long Sold)
{
    internal static StockBody Of(Stock stock) => new(stock.Sku, stock.Available, stock.Reserved, stock.Sold);
}

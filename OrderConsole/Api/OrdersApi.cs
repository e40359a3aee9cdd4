using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary><c>/api/orders</c>: place, look, cancel, extend.</summary>
internal static class OrdersApi
{
    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        api.MapPost("/orders", PlaceAsync).Requires(Permissions.Orders).WithName("placeOrder").WithSummary("Place an order; its stock is reserved until it is paid or cancelled.")
            .WithIdempotencyKey()
            .WithProblems(OrderRefusedException.OutOfStock, OrderRefusedException.DuplicateOrderNo, OrderRefusedException.IdempotencyKeyReused, OrderRefusedException.UnknownSku)
            .WithBodyProblems();
        api.MapPost("/orders/batch", PlaceBatchAsync).Requires(Permissions.Orders).WithName("placeOrders").WithSummary("Place up to 1,000 orders; each is placed or refused for itself.")
            .WithMetadata(new RequestSizeLimitAttribute(BodyLimits.Batch))
            .WithBatchLimits(PlaceOrders.MaxBatch).WithBodyProblems();
        api.MapGet("/orders", PageAsync).WithName("listOrders").WithSummary("A page of orders, newest first unless sorted otherwise.")
            .WithOrderFilter().WithProblems(ProblemCodes.Invalid);
        api.MapGet("/orders/{no}", FindAsync).WithName("getOrder").WithSummary("An order with its lines, its timeline and its payments.")
            .WithProblems(OrderRefusedException.UnknownOrder);
        api.MapPost("/orders/{no}/cancel", CancelAsync).Requires(Permissions.Cancel).WithName("cancelOrder").WithSummary("Cancel a pending order now; its stock goes back.")
            .WithProblems(OrderRefusedException.UnknownOrder, OrderRefusedException.NotPending, OperationRefusedException.ReadOnly).WithBodyProblems();
        api.MapPost("/orders/{no}/extend", ExtendAsync).Requires(Permissions.Extend).WithName("extendOrder").WithSummary("Give a pending order a later deadline.")
            .WithProblems(OrderRefusedException.UnknownOrder, OrderRefusedException.NotPending, OperationRefusedException.ReadOnly).WithBodyProblems();
    }

    private static async Task<Created<PlacedOrderBody>> PlaceAsync(PlaceOrderBody body, HttpContext context, PlaceOrders orders, CancellationToken cancel)
    {
        var key = IdempotencyHeader.Read(context.Request);
        var placed = await orders.PlaceAsync(body.ToRequest(), key, cancel);
        if (placed.Replayed) context.Response.Headers[IdempotencyHeader.ReplayedName] = "true";
        return TypedResults.Created($"/api/orders/{placed.OrderNo}", PlacedOrderBody.Of(placed));
    }

    private static async Task<Ok<BatchBody>> PlaceBatchAsync(IReadOnlyList<PlaceOrderBody?> body, PlaceOrders orders, CancellationToken cancel)
    {
        if (body.Count is 0 or > PlaceOrders.MaxBatch) throw new InvalidInputException("body", "1 to 1,000 orders");
        var requests = body.Select((order, i) => order?.ToRequest($"[{i}].") ?? throw new InvalidInputException($"[{i}]", "an order")).ToList();
        return TypedResults.Ok(BatchBody.Of(await orders.PlaceBatchAsync(requests, cancel)));
    }

    private static async Task<Ok<OrderPageBody>> PageAsync(HttpRequest request, OrderQueries orders, CancellationToken cancel)
    {
        var query = new QueryReader(request.Query, [.. OrderFilterParameters.Names, "sort", "page", "pageSize"]);
        var page = await orders.PageAsync(OrderFilterParameters.Read(query), query.Word<OrderSort>("sort") ?? OrderSort.Newest, query.Page, query.PageSize, cancel);
        return TypedResults.Ok(OrderPageBody.Of(page));
    }

    private static async Task<Ok<OrderDetailsBody>> FindAsync(string no, OrderQueries orders, CancellationToken cancel) =>
        await orders.FindAsync(Known(no), cancel) is { } details ? TypedResults.Ok(OrderDetailsBody.Of(details)) : throw Unknown(no);

    private static Task<Ok<OrderBody>> CancelAsync(string no, CancelBody body, OneTarget gate, OrderQueries orders, CancellationToken cancel) =>
        ActAsync(no, CancelOrders.ActionName, OperationParameters.None, body.Reason, gate, orders, cancel);

    private static Task<Ok<OrderBody>> ExtendAsync(string no, ExtendBody body, OneTarget gate, OrderQueries orders, CancellationToken cancel) =>
        ActAsync(no, ExtendOrders.ActionName, new OperationParameters { By = body.By }, body.Reason ?? ExtendBody.NoReason, gate, orders, cancel);

    private static async Task<Ok<OrderBody>> ActAsync(
        string no, string action, OperationParameters parameters, string? reason, OneTarget gate, OrderQueries orders, CancellationToken cancel)
    {
        await gate.DoAsync(action, Known(no), parameters, reason, cancel);
        return TypedResults.Ok(OrderBody.Of(await orders.RowAsync(no, cancel) ?? throw Unknown(no)));
    }

    /// <summary>What can not be an order number is no order's; the database need not be asked.</summary>
    internal static string Known(string no) => OrderNumber.IsValid(no) ? no : throw Unknown(no);

    internal static OrderRefusedException Unknown(string no) =>
        new(OrderRefusedException.UnknownOrder, OrderNumber.IsValid(no) ? $"There is no order {no}." : "There is no such order.");
}

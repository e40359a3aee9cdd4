using System.ComponentModel;
using System.Text.Json.Serialization;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary>What was placed.</summary>
public sealed record PlacedOrderBody(string OrderNo, OrderStatus Status, DateTimeOffset ExpiresAt, decimal Total, string Currency)
{
    internal static PlacedOrderBody Of(PlacedOrder placed) => new(placed.OrderNo, placed.Status, placed.ExpiresAt, placed.Total, placed.Currency);
}

/// <summary>What became of a batch.</summary>
public sealed record BatchBody(int Placed, int Refused, IReadOnlyList<BatchResultBody> Results)
{
    internal static BatchBody Of(IReadOnlyList<PlaceOrderResult> results) => new(
        results.Count(r => r.Placed is not null), results.Count(r => r.Placed is null), [.. results.Select(BatchResultBody.Of)]);
}

/// <summary>One order of a batch: either placed, or refused with a code. Fields that do not apply are left out.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Code">Why it was refused, for programs.</param>
/// <param name="Detail">Why it was refused, for people.</param>
public sealed record BatchResultBody(
    int Index,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OrderNo,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OrderStatus? Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? Total,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Currency,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail)
{
    internal static BatchResultBody Of(PlaceOrderResult result, int index) => result.Placed is { } placed
        ? new(index, placed.OrderNo, placed.Status, placed.ExpiresAt, placed.Total, placed.Currency, null, null)
        : new(index, null, null, null, null, null, result.Code, result.Message);
}

/// <summary>An order in a list.</summary>
public record OrderBody(
    string OrderNo, OrderStatus Status, string? Customer, string Currency, decimal Total,
    DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? PaidAt, DateTimeOffset? CancelledAt, string? CancelReason)
{
    internal static OrderBody Of(Order o) => new(o.No, o.Status, o.Customer, o.Currency, o.Total, o.CreatedAt, o.ExpiresAt, o.PaidAt, o.CancelledAt, o.CancelReason);
}

/// <summary>A page of orders.</summary>
/// <param name="TotalIsExact">False when counting stopped early; <paramref name="Total"/> is then a lower bound.</param>
public sealed record OrderPageBody(IReadOnlyList<OrderBody> Items, int Page, int PageSize, long Total, bool TotalIsExact)
{
    internal static OrderPageBody Of(OrderPage page) => new([.. page.Items.Select(OrderBody.Of)], page.Page, page.PageSize, page.Total, page.TotalIsExact);
}

/// <summary>An order with all that happened to it.</summary>
public sealed record OrderDetailsBody(
    string OrderNo, OrderStatus Status, string? Customer, string Currency, decimal Total,
    DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? PaidAt, DateTimeOffset? CancelledAt, string? CancelReason,
    IReadOnlyList<OrderLineBody> Lines, IReadOnlyList<TimelineBody> Timeline, IReadOnlyList<PaymentBody> Payments)
{
    internal static OrderDetailsBody Of(OrderDetails details)
    {
        var o = details.Order;
        return new(o.No, o.Status, o.Customer, o.Currency, o.Total, o.CreatedAt, o.ExpiresAt, o.PaidAt, o.CancelledAt, o.CancelReason,
            [.. o.Lines.OrderBy(l => l.LineNo).Select(l => new OrderLineBody(l.LineNo, l.Sku, l.Quantity, l.UnitPrice))],
            [.. details.Events.Select(e => new TimelineBody(e.At, Words.Of(e.Kind), e.Node, e.Detail))],
            [.. details.Payments.Select(p => new PaymentBody(p.PaymentId, p.Amount, o.Currency, p.PaidAt, p.ReceivedAt, Words.Of(p.Outcome),
                p.Decision is { } decision ? Words.Of(decision) : null, p.DecidedAt, p.DecidedBy, p.DecisionReference))]);
    }
}

public sealed record OrderLineBody(int LineNo, string Sku, int Quantity, [property: Description("In the order's currency.")] decimal UnitPrice);

/// <summary>One change of the order.</summary>
/// <param name="Kind">scheduled, paid, cancelled, extended, paymentRecorded, reinstated, refunded or forceUnlocked.</param>
/// <param name="Node">The console that made it.</param>
public sealed record TimelineBody(DateTimeOffset At, string Kind, string Node, string? Detail);

/// <summary>Money that came for the order.</summary>
/// <param name="Outcome">paid; late (the order was cancelled already) or duplicate (it was paid already): to be decided about by a person.</param>
/// <param name="Decision">refunded or reinstated; null until somebody has decided.</param>
/// <param name="Reference">The payment side's reference of the refund.</param>
public sealed record PaymentBody(
    string PaymentId, decimal Amount, string Currency, DateTimeOffset PaidAt, DateTimeOffset ReceivedAt, string Outcome,
    string? Decision, DateTimeOffset? DecidedAt, string? DecidedBy, string? Reference);

using System.ComponentModel.DataAnnotations;
using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary><c>/api/payments</c>: money that paid nothing, and deciding about it.</summary>
internal static class LatePaymentsApi
{
    public static void MapLatePayments(this IEndpointRouteBuilder api)
    {
        api.MapGet("/payments/late", PageAsync).WithName("listLatePayments")
            .WithSummary("A page of late and duplicate payments: undecided ones, the one that waits longest first, or decided ones, the latest decision first.")
            .WithQuery([ApiDocument.Query("decided", "true: those decided about; without it those that wait.", new() { Type = JsonSchemaType.Boolean }), .. ApiDocument.Paging("Payments")])
            .WithProblems(ProblemCodes.Invalid);
        api.MapPost("/payments/{id}/refund", RefundAsync).Requires(Permissions.DecidePayment).WithName("refundPayment").WithSummary("Record that late or duplicate money went back; moving it is the payment side's.")
            .WithProblems(RefusalCodes.UnknownPayment, RefusalCodes.DecidedAlready, RefusalCodes.NothingToDecide, OperationRefusedException.ApprovalNeeded, OperationRefusedException.ReadOnly).WithBodyProblems();
        api.MapPost("/payments/{id}/reinstate", ReinstateAsync).Requires(Permissions.DecidePayment).WithName("reinstateOrder").WithSummary("Take the cancelled order up again with its late payment, if its stock is there.")
            .WithProblems(RefusalCodes.UnknownPayment, RefusalCodes.DecidedAlready, RefusalCodes.NothingToDecide, RefusalCodes.NotCancelled, RefusalCodes.OutOfStock,
                RefusalCodes.AmountMismatch, OperationRefusedException.ApprovalNeeded, OperationRefusedException.ReadOnly).WithBodyProblems();
    }

    private static async Task<Ok<LatePaymentPageBody>> PageAsync(HttpRequest request, LatePayments payments, CancellationToken cancel)
    {
        var query = new QueryReader(request.Query, "decided", "page", "pageSize");
        var page = await payments.PageAsync(query.Flag("decided") ?? false, query.Page, query.PageSize, cancel);
        return TypedResults.Ok(new LatePaymentPageBody([.. page.Items.Select(LatePaymentBody.Of)], page.Page, page.PageSize, page.Total));
    }

    private static Task<Ok<LatePaymentBody>> RefundAsync(string id, RefundBody body, OneTarget gate, LatePayments payments, CancellationToken cancel) =>
        ActAsync(id, RefundPayments.ActionName, new OperationParameters { Reference = body.Reference }, body.Reason, gate, payments, cancel);

    private static Task<Ok<LatePaymentBody>> ReinstateAsync(string id, ReasonBody body, OneTarget gate, LatePayments payments, CancellationToken cancel) =>
        ActAsync(id, ReinstateOrders.ActionName, OperationParameters.None, body.Reason, gate, payments, cancel);

    private static async Task<Ok<LatePaymentBody>> ActAsync(
        string id, string action, OperationParameters parameters, string? reason, OneTarget gate, LatePayments payments, CancellationToken cancel)
    {
        // The server decodes everything in a path but the slash.
        var paymentId = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (!PaymentReport.IsPaymentId(paymentId)) throw new OperationRefusedException(RefusalCodes.UnknownPayment, "There is no such payment.");
        await gate.DoAsync(action, paymentId, parameters, reason, cancel);
        var decided = await payments.FindAsync(paymentId, cancel) ?? throw new OperationRefusedException(RefusalCodes.UnknownPayment, "There is no such payment.");
        return TypedResults.Ok(LatePaymentBody.Of(decided));
    }
}

public sealed record RefundBody
{
    [Description("The payment side's reference of the refund.")]
    [Required, StringLength(RefundPayments.MaxReferenceLength, MinimumLength = 1)]
    public string? Reference { get; init; }

    [Description("Why, for whoever reads the receipt later.")]
    [Required, StringLength(OperationGate.MaxReasonLength, MinimumLength = 1)]
    public string? Reason { get; init; }
}

public sealed record LatePaymentPageBody(IReadOnlyList<LatePaymentBody> Items, int Page, int PageSize, long Total);

/// <summary>Money that paid nothing.</summary>
/// <param name="Outcome">late (the order was cancelled already) or duplicate (it was paid already).</param>
/// <param name="OrderTotal">What the order costs; only a payment of exactly that can reinstate it.</param>
/// <param name="MinutesAfterDeadline">From the deadline to the payment; negative when it was paid in time and reported late.</param>
/// <param name="MinutesAfterCancel">From the cancel to the payment, negative likewise; null when the order was never cancelled.</param>
/// <param name="StockIsThere">Whether all lines of the order could be reserved now.</param>
/// <param name="Decision">refunded or reinstated; null until somebody has decided.</param>
/// <param name="Reference">The payment side's reference of the refund.</param>
public sealed record LatePaymentBody(
    string PaymentId, string OrderNo, OrderStatus OrderStatus, string Outcome, decimal Amount, decimal OrderTotal, string Currency,
    DateTimeOffset PaidAt, DateTimeOffset ReceivedAt, double MinutesAfterDeadline, double? MinutesAfterCancel, bool StockIsThere,
    string? Decision, DateTimeOffset? DecidedAt, string? DecidedBy, string? Reference)
{
    internal static LatePaymentBody Of(LatePayment p) => new(
        p.PaymentId, p.OrderNo, p.OrderStatus, Words.Of(p.Outcome), p.Amount, p.Total, p.Currency, p.PaidAt, p.ReceivedAt,
        Math.Round(p.AfterDeadline.TotalMinutes, 1), p.AfterCancel is { } after ? Math.Round(after.TotalMinutes, 1) : null, p.StockIsThere,
        p.Decision is { } decision ? Words.Of(decision) : null, p.DecidedAt, p.DecidedBy, p.Reference);
}

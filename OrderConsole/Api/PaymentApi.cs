using System.ComponentModel.DataAnnotations;
using System.ComponentModel;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary><c>POST /api/orders/{no}/payment</c>: the payment side reports money.</summary>
internal static class PaymentApi
{
    public static void MapPayment(this IEndpointRouteBuilder api) =>
        api.MapPost("/orders/{no}/payment", RecordAsync).Requires(Permissions.Orders).WithName("recordPayment")
            .WithSummary("Report a payment. The same paymentId again gets the same answer; a payment is never dropped.")
            .Produces<PaymentAnswer>(StatusCodes.Status200OK)
            .Produces<PaymentAnswer>(StatusCodes.Status202Accepted)
            .WithProblems(OrderRefusedException.UnknownOrder, OrderRefusedException.PaymentIdReused, OrderRefusedException.AmountMismatch)
            .WithBodyProblems();

    private static async Task<IResult> RecordAsync(string no, PaymentReportBody body, RecordPayment payments, CancellationToken cancel)
    {
        var outcome = await payments.RecordAsync(OrdersApi.Known(no), body.ToReport(), cancel);
        var answer = new PaymentAnswer(Words.Of(outcome));
        // 202: taken in, but a person has to refund it or reinstate the order.
        return outcome == PaymentOutcome.Paid ? TypedResults.Ok(answer) : TypedResults.Accepted((string?)null, answer);
    }
}

public sealed record PaymentReportBody
{
    [Description("The payment side's own id, unique over all orders; 1 to 128 visible ASCII characters.")]
    [Required, StringLength(PaymentReport.MaxPaymentIdLength, MinimumLength = 1), RegularExpression("^[!-~]{1,128}$")]
    public string? PaymentId { get; init; }

    [Description("In the order's currency, 0 to 1,000,000,000,000 with at most 4 decimals; must be the order's total.")]
    [Required, Range(0, 1_000_000_000_000)]
    public decimal? Amount { get; init; }

    [Description("When the customer paid; without it the time of this call.")]
    public DateTimeOffset? PaidAt { get; init; }

    internal PaymentReport ToReport() =>
        new(PaymentId, Amount ?? throw new InvalidInputException("amount", "the order's total, with at most 4 decimals"), PaidAt);
}

/// <param name="Outcome">paid (200); late or duplicate (202): recorded, to be refunded or reinstated by a person.</param>
public sealed record PaymentAnswer(string Outcome);

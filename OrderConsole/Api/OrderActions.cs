using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

public sealed record CancelBody
{
    [Description("Why, for whoever reads the order's timeline later.")]
    [Required, StringLength(CancelOrder.MaxReasonLength, MinimumLength = 1)]
    public string? Reason { get; init; }

    internal string Checked() => Reason?.Trim() is { Length: >= 1 and <= CancelOrder.MaxReasonLength } reason && !reason.Any(char.IsControl)
        ? reason
        : throw new InvalidInputException("reason", "1 to 200 characters on one line");
}

public sealed record ExtendBody
{
    [Description("How much later the deadline is to be, \"00:00:01\" to \"30.00:00:00\".")]
    [Required]
    public TimeSpan? By { get; init; }

    internal TimeSpan Checked() => By is { } by && by >= PlaceOrderRequest.MinPaymentWindow && by <= PlaceOrderRequest.MaxPaymentWindow
        ? by
        : throw new InvalidInputException("by", "\"00:00:01\" to \"30.00:00:00\"");
}

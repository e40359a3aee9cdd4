using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OrderConsole.Core.Operations;

namespace OrderConsole.Api;

public sealed record CancelBody
{
    [Description("Why, for whoever reads the order's timeline later.")]
    [Required, StringLength(OperationGate.MaxReasonLength, MinimumLength = 1)]
    public string? Reason { get; init; }
}

public sealed record ExtendBody
{
    internal const string NoReason = "No reason was given.";

    [Description("How much later the deadline is to be, \"00:00:01\" to \"30.00:00:00\".")]
    [Required]
    public TimeSpan? By { get; init; }

    [Description("Why, for whoever reads the receipt later.")]
    [StringLength(OperationGate.MaxReasonLength, MinimumLength = 1)]
    public string? Reason { get; init; }
}

/// <summary>Why something is done.</summary>
public sealed record ReasonBody
{
    [Description("Why, for whoever reads the receipt later.")]
    [Required, StringLength(OperationGate.MaxReasonLength, MinimumLength = 1)]
    public string? Reason { get; init; }
}

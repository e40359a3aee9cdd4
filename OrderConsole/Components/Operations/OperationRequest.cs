using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>What a page wants done; the dialog shows it, asks for a reason and has it done.</summary>
/// <param name="Action">The name of the action.</param>
/// <param name="Parameters">What is not set here and the action needs is asked for.</param>
public sealed record OperationRequest(string Action, TargetSelection Targets, OperationParameters? Parameters = null)
{
    public OperationParameters Given => Parameters ?? OperationParameters.None;
    public bool AsksForTime => Action == ActionTexts.Extend && Given.By is null;
    public bool AsksForReference => Action == ActionTexts.Refund && Given.Reference is null;
}

using System.Text.Json;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>What a stored operation says of itself, read back.</summary>
internal static class OperationFacts
{
    public static OperationParameters ParametersOf(Operation operation) => Read<OperationParameters>(operation.Parameters) ?? OperationParameters.None;

    /// <summary>How the list came about, or null when a later version wrote it.</summary>
    public static TargetSelection? SelectionOf(Operation operation) => Read<TargetSelection>(operation.Selection);

    /// <summary>For <c>Tag.outcome.{...}</c>: running, waiting, rejected, expired, done, partly, refused, failed; null for one that nobody ran.</summary>
    public static string? OutcomeOf(Operation operation) => operation switch
    {
        { State: OperationState.Prepared } => null,
        { State: OperationState.Running } => "running",
        { State: OperationState.Waiting } => "waiting",
        { State: OperationState.Rejected } => "rejected",
        { State: OperationState.Expired } => "expired",
        { Done: var done, Total: var total } when done == total => "done",
        { Done: > 0 } => "partly",
        { Failed: > 0 } => "failed",
        _ => "refused",
    };

    private static T? Read<T>(string json) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

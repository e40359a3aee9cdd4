using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;

namespace OrderConsole.Core.Locks;

/// <summary>What a clean-up did.</summary>
/// <param name="OperationId">Its receipt; null when there was nothing to remove.</param>
/// <param name="Removed">Locks that are gone.</param>
/// <param name="Left">Locks that were found to be alive, changed or free by the time of the removal.</param>
public readonly record struct CleanupFigures(long? OperationId, int Found, int Removed, int Left);

/// <summary>
/// Removes locks that nobody works under: of dead consoles, without end, of final orders, too old. Through the gate, so it
/// leaves a receipt; two consoles may do it at once.
/// </summary>
public sealed class LockCleanup(RemovableLocks removable, OperationGate gate, IOptions<OperationOptions> options, TimeProvider time)
{
    private const string Reason = "Recurring clean-up of locks";
    private static readonly Operator Job = Operator.System("clean-up");
    // Between another program's SETNX and its EXPIRE a lock has no end for a moment.
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(1);

    /// <summary>One round, for a recurring job. Does nothing and leaves nothing when all locks are in order.</summary>
    /// <param name="soFar">Hears how many locks are looked after, and of how many.</param>
    /// <exception cref="OperationRefusedException">This console is read-only.</exception>
    /// <exception cref="StoreUnavailableException">A store cannot answer; what was begun goes on when it is back.</exception>
    public async Task<CleanupFigures> RunAsync(CancellationToken cancel, Action<int, int>? soFar = null)
    {
        var names = await removable.NamesAsync(options.Value.MaxTargets, cancel);
        if (names.Count == 0) return default;
        soFar?.Invoke(0, names.Count);
        await Task.Delay(SecondLook, time, cancel);
        return await RunAsync(TargetSelection.Of(names), Reason, Job, cancel, soFar);
    }

    /// <summary>The same at somebody's wish; null targets mean all that can be removed.</summary>
    public async Task<CleanupFigures> RunAsync(TargetSelection? targets, string reason, Operator by, CancellationToken cancel, Action<int, int>? soFar = null)
    {
        OperationGate.CheckedReason(reason);
        Operation operation;
        try
        {
            operation = await gate.PrepareAsync(CleanUpLocks.ActionName, targets ?? TargetSelection.All(LockSelection.Removable), OperationParameters.None, by, cancel);
        }
        catch (OperationRefusedException nothing) when (nothing.Code == OperationRefusedException.NothingSelected)
        {
            return default;
        }
        operation = await gate.RunToEndAsync(operation.Id, reason, by, cancel, step => soFar?.Invoke(step.Done + step.Refused + step.Failed, step.Total));
        return new(operation.Id, operation.Total, operation.Done, operation.Refused + operation.Failed);
    }
}

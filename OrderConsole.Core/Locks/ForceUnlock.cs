using OrderConsole.Core.Operations;

namespace OrderConsole.Core.Locks;

/// <summary>Takes an order's lock away from whoever holds it, in one call.</summary>
public sealed class ForceUnlock(OperationGate gate)
{
    /// <summary>
    /// Raises the version of the order's row, so that a holder that wakes up late changes nothing, then deletes the lock if it
    /// still is the one that was seen.
    /// </summary>
    /// <param name="orderNo">An order number, or the whole key of a lock under a foreign prefix.</param>
    /// <param name="token">What was on screen; null takes whatever is held now.</param>
    /// <returns>What became of it: done, or refused with <see cref="RefusalCodes.TokenChanged"/>, <see cref="RefusalCodes.NotLocked"/> or <see cref="RefusalCodes.UnlockedAlready"/>.</returns>
    /// <exception cref="OperationRefusedException">Read-only.</exception>
    /// <exception cref="Orders.InvalidInputException">No reason.</exception>
    public Task<OperationItem> RunAsync(string orderNo, string? token, string? reason, Operator by, CancellationToken cancel) =>
        gate.DoNowAsync(UnlockOrders.ActionName, orderNo, new OperationParameters { Token = token }, reason, by, cancel);
}

#if FAULT_POINTS
namespace OrderConsole.Core.Locks;

/// <summary>
/// Locks that guard nothing. The whole test suite is run with them once (<c>OC_LOCKS=always-yes</c>), to show that locks
/// make the work quiet and the row makes it correct.
/// </summary>
internal sealed class AlwaysYesLocks(TimeProvider time) : IOrderLocks
{
    public Task<LockResult> TryAcquireAsync(IReadOnlyList<string> orderNos, TimeSpan lease, string owner, CancellationToken cancel) =>
        Task.FromResult(new LockResult([.. orderNos.Select(no => new LockHandle(no, "yes", time.GetTimestamp(), lease, time))], []));

    public Task RenewAsync(IReadOnlyList<LockHandle> handles, TimeSpan lease, CancellationToken cancel)
    {
        foreach (var handle in handles) handle.Renewed(time.GetTimestamp(), lease);
        return Task.CompletedTask;
    }

    public Task<int> ReleaseAsync(IReadOnlyList<LockHandle> handles, CancellationToken cancel) => Task.FromResult(0);
}
#endif

using System.Threading.Channels;
using OrderConsole.Core.Locks;

namespace OrderConsole.Tests.Timeouts;

/// <summary>Locks in memory that everybody gets, unless a test holds them; a place for a test to stop a batch half-way.</summary>
public sealed class FakeOrderLocks(TimeProvider time) : IOrderLocks
{
    /// <summary>Runs before locks are given; may wait or throw.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, Task> OnAcquire { get; set; } = (_, _) => Task.CompletedTask;
    /// <summary>What others hold.</summary>
    public Dictionary<string, TimeSpan?> Held { get; } = [];

    public Channel<IReadOnlyList<string>> Asked { get; } = Channel.CreateUnbounded<IReadOnlyList<string>>();
    public Channel<IReadOnlyList<LockHandle>> Renewed { get; } = Channel.CreateUnbounded<IReadOnlyList<LockHandle>>();
    public Channel<IReadOnlyList<LockHandle>> Released { get; } = Channel.CreateUnbounded<IReadOnlyList<LockHandle>>();

    public LockHandle Handle(string orderNo, TimeSpan lease) => new(orderNo, "token", time.GetTimestamp(), lease, time);

    public async Task<LockResult> TryAcquireAsync(IReadOnlyList<string> orderNos, TimeSpan lease, string owner, CancellationToken cancel)
    {
        Asked.Writer.TryWrite(orderNos);
        await OnAcquire(orderNos, cancel);
        return new LockResult(
            [.. orderNos.Where(no => !Held.ContainsKey(no)).Select(no => Handle(no, lease))],
            [.. orderNos.Where(Held.ContainsKey).Select(no => new HeldLock(no, Held[no]))]);
    }

    public Task RenewAsync(IReadOnlyList<LockHandle> handles, TimeSpan lease, CancellationToken cancel)
    {
        Renewed.Writer.TryWrite(handles);
        return Task.CompletedTask;
    }

    public Task<int> ReleaseAsync(IReadOnlyList<LockHandle> handles, CancellationToken cancel)
    {
        Released.Writer.TryWrite(handles);
        return Task.FromResult(0);
    }
}

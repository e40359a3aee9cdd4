using System.Threading.Channels;
using OrderConsole.Core.Queue;

namespace OrderConsole.Tests.Timeouts;

/// <summary>A timeout queue in memory, with hooks where a test makes trouble. What it was asked is kept and can be waited for.</summary>
public sealed class FakeTimeoutQueue(TimeProvider time) : ITimeoutQueue
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ClaimedTimeout> _waiting = [];
    private readonly List<ClaimRelease> _released = [];

    /// <summary>Runs before a look at the queue; may wait or throw.</summary>
    public Func<Task> OnClaim { get; set; } = () => Task.CompletedTask;
    /// <summary>Runs at a renewal; says which claims are somebody else's.</summary>
    public Func<IReadOnlyList<ClaimedTimeout>, Task<IReadOnlyList<ClaimedTimeout>>> OnExtend { get; set; } = _ => Task.FromResult<IReadOnlyList<ClaimedTimeout>>([]);
    public Func<Task> OnSchedule { get; set; } = () => Task.CompletedTask;

    /// <summary>How many claims each look brought.</summary>
    public Channel<int> Looks { get; } = Channel.CreateUnbounded<int>();
    public Channel<IReadOnlyList<ClaimedTimeout>> Renewals { get; } = Channel.CreateUnbounded<IReadOnlyList<ClaimedTimeout>>();
    public Channel<IReadOnlyList<ScheduledTimeout>> Scheduled { get; } = Channel.CreateUnbounded<IReadOnlyList<ScheduledTimeout>>();
    public Channel<IReadOnlyList<string>> Unscheduled { get; } = Channel.CreateUnbounded<IReadOnlyList<string>>();
    public IReadOnlyList<ClaimRelease> Released { get { lock (_gate) return [.. _released]; } }

    public void Add(DateTimeOffset dueAt, params IEnumerable<string> orderNos)
    {
        foreach (var no in orderNos) Add(new ClaimedTimeout(no, dueAt, "token", 0, 0, null));
    }

    public void Add(ClaimedTimeout entry)
    {
        lock (_gate) _waiting[entry.OrderNo] = entry;
    }

    public async Task ScheduleAsync(IReadOnlyList<ScheduledTimeout> timeouts, CancellationToken cancel)
    {
        await OnSchedule();
        foreach (var timeout in timeouts) Add(timeout.DueAt, timeout.OrderNo);
        Scheduled.Writer.TryWrite(timeouts);
    }

    public Task UnscheduleAsync(IReadOnlyList<string> orderNos, CancellationToken cancel)
    {
        Unscheduled.Writer.TryWrite(orderNos);
        return Task.CompletedTask;
    }

    public async Task<ClaimedBatch> ClaimDueAsync(int max, TimeSpan lease, string owner, CancellationToken cancel)
    {
        await OnClaim();
        cancel.ThrowIfCancellationRequested();
        var (now, sentAt) = (time.GetUtcNow(), time.GetTimestamp());
        lock (_gate)
        {
            var claims = _waiting.Values.Where(c => c.DueAt <= now).OrderBy(c => c.DueAt).ThenBy(c => c.OrderNo, StringComparer.Ordinal).Take(max).ToArray();
            foreach (var claim in claims) _waiting.Remove(claim.OrderNo);
            Looks.Writer.TryWrite(claims.Length);
            return new ClaimedBatch(claims, now, _waiting.Count == 0 ? null : _waiting.Values.Min(c => c.DueAt), [], lease, sentAt);
        }
    }

    public Task<IReadOnlyList<ClaimedTimeout>> ExtendAsync(IReadOnlyList<ClaimedTimeout> claims, TimeSpan lease, CancellationToken cancel)
    {
        Renewals.Writer.TryWrite(claims);
        return OnExtend(claims);
    }

    /// <summary>Keeps the verdicts; what is put back does not come again by itself.</summary>
    public Task<int> ReleaseAsync(IReadOnlyList<ClaimRelease> releases, CancellationToken cancel)
    {
        lock (_gate) _released.AddRange(releases);
        return Task.FromResult(0);
    }

    public Task<RecoveredClaims> RecoverExpiredAsync(int max, int maxCrashes, CancellationToken cancel) => Task.FromResult(RecoveredClaims.None);
}

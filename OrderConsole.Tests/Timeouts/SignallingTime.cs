using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace OrderConsole.Tests.Timeouts;

/// <summary>A clock that a test moves, and that says for how long somebody begins to wait: so a test knows when to move it.</summary>
public sealed class SignallingTime() : FakeTimeProvider(TimeProvider.System.GetUtcNow())
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The next wait that begins, or has begun since the last was asked for.</summary>
    public async Task<TimeSpan> NextWaitAsync() =>
        await _waits.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, System);

    /// <summary>Ends when somebody waits for <paramref name="span"/>; other waits before it are passed over.</summary>
    public async Task UntilWaitedForAsync(TimeSpan span)
    {
        while (await NextWaitAsync() != span) { }
    }
}

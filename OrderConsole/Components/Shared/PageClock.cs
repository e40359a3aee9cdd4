namespace OrderConsole.Components.Shared;

/// <summary>One tick a second for everything on a page that tells relative times; stands still while nobody listens.</summary>
public sealed class PageClock(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private Action? _tick;

    public DateTimeOffset Now => time.GetUtcNow();

    public event Action Tick
    {
        add
        {
            lock (_gate)
            {
                _tick += value;
                _timer ??= time.CreateTimer(_ => _tick?.Invoke(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            }
        }
        remove
        {
            lock (_gate)
            {
                _tick -= value;
                if (_tick is null) Stop();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate) Stop();
    }

    private void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }
}

namespace OrderConsole.Components.Shared;

/// <summary>Something to tell the person at this page.</summary>
public sealed record Notice(long Id, string Text, bool IsError);

/// <summary>
/// Short messages at the edge of the page, read out by screen readers. One that only informs goes by itself after 6 s or
/// as long as it takes to read; an error stays until it is dismissed.
/// </summary>
public sealed class Notices(TimeProvider time) : IDisposable
{
    private const int MostShown = 5;
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan PerCharacter = TimeSpan.FromMilliseconds(80);

    private readonly Lock _gate = new();
    private readonly List<(Notice Notice, ITimer? Timer)> _shown = [];
    private long _last;

    public event Action? Changed;

    public IReadOnlyList<Notice> Shown
    {
        get { lock (_gate) return [.. _shown.Select(s => s.Notice)]; }
    }

    public void Say(string text) => Add(text, isError: false);

    public void Error(string text) => Add(text, isError: true);

    public void Dismiss(long id)
    {
        lock (_gate)
        {
            var at = _shown.FindIndex(s => s.Notice.Id == id);
            if (at < 0) return;
            _shown[at].Timer?.Dispose();
            _shown.RemoveAt(at);
        }
        Changed?.Invoke();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var (_, timer) in _shown) timer?.Dispose();
            _shown.Clear();
        }
    }

    private void Add(string text, bool isError)
    {
        lock (_gate)
        {
            var notice = new Notice(++_last, text, isError);
            var stays = TimeSpan.FromTicks(Math.Max(AtLeast.Ticks, PerCharacter.Ticks * text.Length));
            var timer = isError ? null : time.CreateTimer(_ => Dismiss(notice.Id), null, stays, Timeout.InfiniteTimeSpan);
            _shown.Add((notice, timer));
            if (_shown.Count > MostShown)
            {
                _shown[0].Timer?.Dispose();
                _shown.RemoveAt(0);
            }
        }
        Changed?.Invoke();
    }
}

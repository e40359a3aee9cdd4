using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Diagnostics.Drift;

/// <summary>A name and its moment in Unix milliseconds.</summary>
/// <param name="IsYoung">Its order may still be on its way from the commit to the queue.</param>
internal readonly record struct Place(string Name, long At, bool IsYoung = false)
{
    public static Place Of(QueuePlace place) => new(place.Name, place.At.ToUnixTimeMilliseconds());
}

/// <summary>One side of the comparison, in ascending order of moments; the next page is read while this one is compared.</summary>
internal sealed class PlacesInOrder : IAsyncDisposable
{
    private readonly IAsyncEnumerator<IReadOnlyList<Place>> _pages;
    private Task<bool> _next;

    public PlacesInOrder(IAsyncEnumerable<IReadOnlyList<Place>> pages, CancellationToken cancel)
    {
        _pages = pages.GetAsyncEnumerator(cancel);
        _next = ReadNext();
    }

    /// <summary>Met here and not yet on the other side.</summary>
    public Dictionary<string, Place> Alone { get; } = new(StringComparer.Ordinal);
    /// <summary>Nothing that comes is earlier.</summary>
    public long Reached { get; private set; } = long.MinValue;
    public bool IsOver { get; private set; }
    public long Count { get; private set; }

    /// <summary>The next page; empty when there is none.</summary>
    public async Task<IReadOnlyList<Place>> TakeAsync()
    {
        if (!await _next)
        {
            (IsOver, Reached) = (true, long.MaxValue);
            return [];
        }
        var page = _pages.Current;
        (Reached, Count) = (page[^1].At, Count + page.Count);
        _next = ReadNext();
        return page;
    }

    // SQLite works on the caller's thread; the other side must not wait for it.
    private Task<bool> ReadNext() => Task.Run(() => _pages.MoveNextAsync().AsTask());

    public async ValueTask DisposeAsync()
    {
        await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _pages.DisposeAsync();
    }
}

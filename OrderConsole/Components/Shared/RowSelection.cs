namespace OrderConsole.Components.Shared;

/// <summary>
/// What is selected in a list: ticked rows, over any number of its pages, or everything in it. It is kept by name, so
/// paging and newer rows do not change it.
/// </summary>
public sealed class RowSelection
{
    private readonly HashSet<string> _ticked = new(StringComparer.Ordinal);

    /// <summary>Whether everything in the list is selected, shown or not; ticks then mean nothing.</summary>
    public bool IsEverything { get; private set; }
    public bool IsEmpty => !IsEverything && _ticked.Count == 0;
    /// <summary>The ticked rows, in a stable order.</summary>
    public IReadOnlyList<string> Ticked => [.. _ticked.Order(StringComparer.Ordinal)];

    public bool Has(string name) => IsEverything || _ticked.Contains(name);

    /// <summary>Whether all of <paramref name="names"/> are; false when there are none.</summary>
    public bool HasAll(IReadOnlyCollection<string> names) => names.Count > 0 && names.All(Has);

    public void Tick(string name, bool isTicked)
    {
        if (isTicked) _ticked.Add(name);
        else _ticked.Remove(name);
    }

    public void TickAll(IEnumerable<string> names, bool areTicked)
    {
        foreach (var name in names) Tick(name, areTicked);
    }

    public void TakeEverything()
    {
        _ticked.Clear();
        IsEverything = true;
    }

    public void Clear()
    {
        _ticked.Clear();
        IsEverything = false;
    }
}

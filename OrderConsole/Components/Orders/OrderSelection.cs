using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Orders;

/// <summary>The orders that a person has ticked: it outlives paging, sorting and newer figures, not another filter.</summary>
public sealed class OrderSelection
{
    private readonly Dictionary<string, int> _pages = new(StringComparer.Ordinal);
    private OrderFilter _filter = new();

    /// <summary>Everything that matches the view is meant, seen or not.</summary>
    public bool IsAll { get; private set; }
    public int Count => _pages.Count;
    /// <summary>On how many pages of the list the ticked ones were seen.</summary>
    public int Pages => _pages.Values.Distinct().Count();
    public bool IsEmpty => !IsAll && Count == 0;

    public bool Has(string no) => IsAll || _pages.ContainsKey(no);

    public bool HasAll(IEnumerable<string> numbers) => numbers.All(Has);

    /// <summary>The list shows this now; what was ticked in another view is forgotten.</summary>
    public void Show(OrderFilter filter)
    {
        if (filter == _filter) return;
        _filter = filter;
        Clear();
    }

    public void Set(string no, int page, bool isSelected)
    {
        IsAll = false;
        if (isSelected) _pages[no] = page;
        else _pages.Remove(no);
    }

    public void Set(IEnumerable<string> numbers, int page, bool areSelected)
    {
        foreach (var no in numbers) Set(no, page, areSelected);
    }

    public void SelectAll() => IsAll = true;

    public void Clear()
    {
        IsAll = false;
        _pages.Clear();
    }

    public TargetSelection Targets() => IsAll ? TargetSelection.All(_filter) : TargetSelection.Of([.. _pages.Keys]);
}

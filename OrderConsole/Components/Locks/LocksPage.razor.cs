using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using OrderConsole.Components.Operations;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Components.Locks;

/// <summary>Every lock on an order, ours and other programs', the most suspicious first; looked at again as often as that costs the stores little.</summary>
public sealed partial class LocksPage
{
    /// <summary>The pause between two looks is so many times as long as a look takes: following costs a twentieth of the time.</summary>
    private const int PausePerLook = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private (LockFilter Filter, string? Order)? _shown;
    private string? _order, _kind, _owner;

    [Inject] private LockReader Reader { get; set; } = default!;
    [Inject] private IOptions<TimeoutOptions> Options { get; set; } = default!;
    [Inject] private LiveUpdates Live { get; set; } = default!;
    [Inject] private OperationDialogs Dialogs { get; set; } = default!;
    [Inject] private TimeProvider Time { get; set; } = default!;

    private Load<LockList> Locks { get; set; } = default!;
    private LockFilter Filter { get; set; } = new(null, null);
    private string? Order { get; set; }

    private bool IsFiltered => Order is not null || Filter != new LockFilter(null, null);
    private TimeSpan Lease => Options.Value.Lease;
    private string EmptyTitle => Order is { } no ? Text["LockPage.Free", no] : IsFiltered ? Text["LockPage.NoneFit"] : Text["LockPage.None"];
    private string EmptyWhy => Order is not null ? Text["LockPage.Free.Why"] : IsFiltered ? Text["LockPage.NoneFit.Why"] : Text["LockPage.None.Why"];

    // The owner that is asked for stays on offer when it holds nothing any more.
    private IEnumerable<KeyValuePair<string, int>> Owners => Filter.Owner is { } owner && Locks.Value?.Owners.All(o => o.Key != owner) != false
        ? [new(owner, 0), .. Locks.Value?.Owners ?? []]
        : Locks.Value?.Owners ?? [];

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Locks = NewLoad<LockList>();
    }

    protected override Task OnQueryAsync()
    {
        Order = Query.Text("order", OrderNumber.MaxLength, OrderNumber.IsValid);
        Filter = new(Query.One<LockKind>("kind"), Query.Text("owner", 200));
        (_order, _kind, _owner) = (Order, Filter.Kind?.ToString(), Filter.Owner);
        // Another page of the same look reads nothing: its rows do not move.
        return Locks.HasValue && _shown == (Filter, Order) ? Task.CompletedTask : RefreshAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = FollowAsync();
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(Leaving))
                if (!Live.IsPaused && Dialogs.Current is null && Locks is { IsLoading: false, Fault: null, Value: { } list } && Time.GetUtcNow() - list.At >= list.Took * PausePerLook) await RefreshAsync();
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private Task RefreshAsync()
    {
        _shown = (Filter, Order);
        return Locks.RunAsync(cancel => Order is { } no ? Reader.FindAsync(no, cancel) : Task.Run(() => Reader.ReadAsync(Filter, cancel), cancel));
    }

    private void Apply() => Navigation.NavigateTo(Query.With(("order", _order), ("kind", _kind?.ToLowerInvariant()), ("owner", _owner)));

    private int PageNo(LockList list) => Math.Clamp(Query.Page(), 1, Math.Max(1, (list.Items.Count + Query.Size() - 1) / Query.Size()));

    private IReadOnlyList<ListedLock> PageOf(LockList list) => [.. list.Items.Skip((PageNo(list) - 1) * Query.Size()).Take(Query.Size())];

    private string Summary(LockList list)
    {
        var seen = Text["LockPage.Seen", Figures.Count(list.Seen), Text.Unit(list.Seen, "Locks")];
        var more = list.Fitting > list.Items.Count ? " " + Text["LockPage.More", Figures.Count(list.Items.Count), Figures.Count(list.Fitting)] : "";
        var cut = list.IsWhole ? "" : " " + Text["LockPage.Cut", Text.Duration(LockReader.Budget)];
        return seen + more + cut;
    }
}

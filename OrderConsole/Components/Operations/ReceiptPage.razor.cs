using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>One operation: what was asked, by whom and why, how far it is, and what became of each target.</summary>
public sealed partial class ReceiptPage
{
    private sealed record FoundOperation(Operation Operation, IReadOnlyDictionary<string, int> Codes);

    private const int MostLate = 50;

    private readonly CancellationTokenSource _following = new();
    private bool _isFollowing;
    // The console that ran it when this page first saw it.
    private string? _firstNode;

    [Inject] private OperationQueries Queries { get; set; } = default!;
    [Inject] private ForceUnlocks Unlocks { get; set; } = default!;
    [Inject] private OperationRunner Runner { get; set; } = default!;

    [Parameter] public long Id { get; set; }

    private Load<FoundOperation?> Found { get; set; } = default!;
    private Load<OperationItemPage> Items { get; set; } = default!;
    private Operation? Current { get; set; }
    /// <summary>Holders that came back after this operation had taken their locks.</summary>
    private IReadOnlyList<ForceUnlockRow> Late { get; set; } = [];
    private OperationItemState? State { get; set; }

    /// <summary>What to say of a console that died, or null.</summary>
    private string? Left => Current switch
    {
        { State: OperationState.Running, Node: { } node } when node != _firstNode && _firstNode is { } first => Text["Operation.GoesOn", first, node].Value,
        { State: OperationState.Running, Node: { } node } when Snapshot.Nodes.Count > 0 && Snapshot.Nodes.All(n => n.Name != node) => Text["Operation.Left", node].Value,
        _ => null,
    };

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Found = NewLoad<FoundOperation?>();
        Items = NewLoad<OperationItemPage>();
    }

    protected override async Task OnQueryAsync()
    {
        State = Query.One<OperationItemState>("state");
        await Task.WhenAll(ReadAsync(), ReadItemsAsync());
        if (Current is { State: OperationState.Running } && !_isFollowing) _ = FollowAsync(_following.Token);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _following.Cancel();
            _following.Dispose();
        }
        base.Dispose(disposing);
    }

    private Task ReadAsync() => Found.RunAsync(async cancel =>
    {
        Current = await Queries.FindAsync(Id, cancel);
        _firstNode ??= Current?.Node;
        if (Current is { Action: UnlockOrders.ActionName or CleanUpLocks.ActionName }) Late = await Unlocks.LateOfAsync(Id, MostLate, cancel);
        return Current is null ? null : new(Current, await Queries.CodesAsync(Id, cancel));
    });

    private async Task DecidedAsync()
    {
        await Task.WhenAll(ReadAsync(), ReadItemsAsync());
        if (Current is { State: OperationState.Running } && !_isFollowing) _ = FollowAsync(_following.Token);
    }

    private Task ReadItemsAsync()
    {
        var (state, page, size) = (State, Query.Page(), Query.Size());
        return Items.RunAsync(cancel => Queries.ItemsAsync(Id, state, page, size, cancel));
    }

    private async Task FollowAsync(CancellationToken leaving)
    {
        _isFollowing = true;
        try
        {
            await foreach (var now in Runner.FollowAsync(Id, leaving))
            {
                Current = now;
                StateHasChanged();
            }
            await Task.WhenAll(ReadAsync(), ReadItemsAsync());
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
        }
        catch (Core.Data.StoreUnavailableException)
        {
            // Says so, with a retry.
            await ReadAsync();
        }
        finally
        {
            _isFollowing = false;
        }
    }

    private IReadOnlyList<Tab> Views(Operation operation) =>
    [
        new(Text["Operation.View.All"], Query.With("state", null), State is null, operation.Total),
        View(OperationItemState.Done, operation.Done),
        View(OperationItemState.Refused, operation.Refused),
        View(OperationItemState.Failed, operation.Failed),
        View(OperationItemState.Allowed, operation.Left),
    ];

    private Tab View(OperationItemState state, int count) => new(Text[$"Operation.View.{state}"], Query.With("state", state), State == state, count);
}

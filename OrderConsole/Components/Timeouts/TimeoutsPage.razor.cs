using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Components.Timeouts;

/// <summary>The timeout queue by state. Counts are live; a list is read once, and again when somebody asks or has done something.</summary>
public sealed partial class TimeoutsPage
{
    private string? _find;

    [Inject] private IQueueInspector Queue { get; set; } = default!;
    [Inject] private OverdueOrderReader Orders { get; set; } = default!;
    [Inject] private IOptions<TimeoutOptions> Options { get; set; } = default!;
    [Inject] private TimeProvider Time { get; set; } = default!;

    private Load<TimeoutList> List { get; set; } = default!;
    private Load<TimeoutLookup> Found { get; set; } = default!;
    private QueueState State { get; set; }
    /// <summary>What is looked up, or null.</summary>
    private string? Name { get; set; }
    private RowSelection Selection { get; } = new();

    private TargetSelection Selected => Selection.IsEverything ? TargetSelection.All(State) : TargetSelection.Of(Selection.Ticked);

    private IReadOnlyList<Tab> TabsNow => [.. Enum.GetValues<QueueState>().Select(state =>
        new Tab(Text[$"Tag.queue.{state.Key()}"], "/timeouts?state=" + state.Key(), state == State, CountOf(state)))];

    protected override void OnInitialized()
    {
        base.OnInitialized();
        List = NewLoad<TimeoutList>();
        Found = NewLoad<TimeoutLookup>();
    }

    protected override async Task OnQueryAsync()
    {
        var state = Query.One<QueueState>("state");
        Name = _find = Query.Text("find", 256);
        if (Name is { } name && name != Found.Value?.Name) await LookUpAsync(name);
        // A number that was found shows the list it stands in.
        if (state is null && Name is not null && Found.Value?.Entry is { } entry)
        {
            Navigation.NavigateTo(Query.With(("find", Name), ("state", entry.State)), replace: true);
            return;
        }
        if ((state ?? QueueState.Scheduled) != State) Selection.Clear();
        State = state ?? QueueState.Scheduled;
        await ReadAsync();
    }

    private Task ReadAsync()
    {
        var (state, page, size) = (State, Query.Page(), Query.Size());
        return List.RunAsync(async cancel => new TimeoutList(await Queue.PageAsync(state, page, size, cancel), Time.GetUtcNow()));
    }

    private Task LookUpAsync(string name) => Found.RunAsync(cancel => TimeoutLookup.ReadAsync(name, Queue, Orders, Time, cancel));

    private Task AgainAsync() => Task.WhenAll(ReadAsync(), Name is { } name ? LookUpAsync(name) : Task.CompletedTask);

    private Task DoneAsync()
    {
        Selection.Clear();
        return AgainAsync();
    }

    private async Task Find()
    {
        if (string.IsNullOrWhiteSpace(_find)) return;
        if (_find.Trim() == Name) await AgainAsync();
        else Navigation.NavigateTo(Query.With(("find", _find), ("state", null)));
    }

    private long? CountOf(QueueState state) => state switch
    {
        QueueState.Scheduled => Snapshot.Queue.Scheduled,
        QueueState.Due => Snapshot.Queue.Due,
        QueueState.Claimed => Snapshot.Queue.Claimed,
        QueueState.Retrying => Snapshot.Queue.Retrying,
        _ => Snapshot.Queue.Dead,
    };

    /// <summary>What has changed since the list was read; null when nothing has, or nothing was counted since.</summary>
    private string? SinceWords(TimeoutList list) => Snapshot.CountedAt.Queue > list.At && CountOf(State) - list.Page.Total is { } more and not 0
        ? (more > 0 ? Text["Timeouts.Newer", Figures.Count(more)] : Text["Timeouts.Fewer", Figures.Count(-more)]).Value
        : null;

    private string SelectionWords(TimeoutList list) => Selection.IsEverything ? Text["Timeouts.SelectedAll"]
        : Text["Timeouts.Selected", Figures.Count(Selection.Ticked.Count)];
}

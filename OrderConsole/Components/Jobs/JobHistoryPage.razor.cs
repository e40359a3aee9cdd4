using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Jobs;
using Quartz;

namespace OrderConsole.Components.Jobs;

/// <summary>What the jobs did, to be searched; or only what failed in the end, to be run again.</summary>
public sealed partial class JobHistoryPage
{
    private string? _text, _job, _node;
    private JobRunResult? _result;
    private DateTime? _from, _to;

    [Inject] private JobHistory History { get; set; } = default!;
    [Inject] private JobBoard Board { get; set; } = default!;

    private Load<JobRuns> Runs { get; set; } = default!;
    private string Path => new Uri(Navigation.Uri).AbsolutePath;
    private bool IsFailed => Path == "/jobs/failed";
    private string View => IsFailed ? "Failed" : "History";
    private bool IsFiltered => _text is not null || _job is not null || _result is not null || _node is not null || _from is not null || _to is not null;
    private string EmptyWhy => IsFiltered ? Text["Jobs.NoRuns.Filtered"] : IsFailed ? Text["Jobs.NoRuns.Failed"] : Text["Jobs.NoRuns.Why"];

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Runs = NewLoad<JobRuns>();
    }

    protected override Task OnQueryAsync()
    {
        if (!Board.IsOn) return Task.CompletedTask;
        (_text, _job, _node) = (Query.Text("text"), Query.Text("job", 64), Query.Text("node", 128));
        _result = Query.One<JobRunResult>("result");
        (_from, _to) = (Query.Time("from")?.UtcDateTime, Query.Time("to")?.UtcDateTime);
        var filter = new JobRunFilter(_job, _result, _node, _text, Utc(_from), Utc(_to), IsFailed);
        var (page, size) = (Query.Page(), Query.Size());
        return Runs.RunAsync(cancel => History.PageAsync(filter, page, size, cancel));
    }

    private void Apply() => Navigation.NavigateTo(Query.With(
        ("text", _text), ("job", _job), ("node", _node), ("result", _result), ("from", Typed(_from)), ("to", Typed(_to))));

    private static DateTimeOffset? Utc(DateTime? at) => at is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;

    private static string? Typed(DateTime? at) => at?.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
}

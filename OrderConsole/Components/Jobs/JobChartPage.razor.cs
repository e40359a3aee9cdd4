using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>Runs, failures and durations over time.</summary>
public sealed partial class JobChartPage
{
    private string? _job;
    private string _period = JobSpans.Periods[0];

    [Inject] private JobHistory History { get; set; } = default!;
    [Inject] private JobBoard Board { get; set; } = default!;
    [Inject] private PageClock Clock { get; set; } = default!;

    private Load<JobSpans> Spans { get; set; } = default!;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Spans = NewLoad<JobSpans>();
    }

    protected override Task OnQueryAsync()
    {
        if (!Board.IsOn) return Task.CompletedTask;
        _job = Query.Text("job", 64, name => JobCatalogue.Find(name) is not null);
        _period = Query.OneOf("period", JobSpans.Periods);
        var (job, (length, span), now) = (_job, JobSpans.LengthOf(_period), Clock.Now);
        return Spans.RunAsync(async cancel => new JobSpans(await History.SpansAsync(job, now - length, span, cancel), now - length, now, span));
    }

    private void Apply() => Navigation.NavigateTo(Query.With(("job", _job), ("period", _period)));
}

using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Whether what is due, and what falls due within two hours, is worked off in time at the speed that was measured.</summary>
internal sealed class Backlog(IQueueInspector queue, SampleStore samples, TimeProvider time) : DiagnosisCheck
{
    private const int MinutesAhead = 120;
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(1), FarTooLong = TimeSpan.FromMinutes(15);

    public override string Name => "backlog";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var (cluster, due) = (await look.ClusterAsync(), (await look.QueueAsync()).Due);
        var speed = cluster.DrainPerSecond ?? await samples.LastDrainAsync(cancel);
        var now = time.GetUtcNow();
        var forecast = DrainForecast.Make(now, await queue.DueHistogramAsync(now, TimeSpan.FromMinutes(1), MinutesAhead, cancel), due, speed);
        var toEmpty = speed > 0 ? TimeSpan.FromSeconds(Math.Min(due / speed.Value, TimeSpan.FromDays(365).TotalSeconds)) : (TimeSpan?)null;
        Fact[] facts = [Fact.Count("due_entries", due), Fact.PerSecond("drain_speed", speed), Fact.Span("time_to_empty", toEmpty)];
        return toEmpty > TooLong
            ? new(facts, Found("backlog_slow", toEmpty > FarTooLong ? Severity.Critical : Severity.Warning, facts) with { Amount = toEmpty.Value.TotalSeconds })
            : forecast.IsOnTime == false
                ? new(facts, Found("backlog_ahead", Severity.Warning, Fact.Count("peak_due", forecast.PeakDue), Fact.Moment("peak_at", forecast.PeakAt), Fact.Span("late_by", forecast.Late), facts[1]))
                : new(facts);
    }
}

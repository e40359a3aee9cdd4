using Microsoft.Extensions.Options;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Whether anybody works on due orders.</summary>
internal sealed class PollerProgress(IOptions<TimeoutOptions> options) : DiagnosisCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public override string Name => "poller";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var cluster = await look.ClusterAsync();
        var working = cluster.Nodes.Count(n => IsWorking(n, cluster.At));
        // A console that has never polled is one that only shows.
        var stuck = cluster.Nodes.Where(n => n.PolledAt is not null && !IsWorking(n, cluster.At)).ToArray();
        Fact[] facts = [Fact.Count("live_nodes", cluster.Nodes.Count), Fact.Count("working_nodes", working)];
        var findings = new List<Finding>();
        if (cluster.Pause is { } pause)
            findings.Add(Found("paused", Severity.Warning, Fact.Span("since", cluster.At - pause.At), Fact.Words("by", pause.By), Fact.Words("reason", pause.Reason))
                with { Remedy = new(ResumeProcessing.ActionName, TargetSelection.Of(PauseProcessing.Target)) });
        if (working == 0) findings.Add(Found("nobody_polls", Severity.Critical, facts[0]));
        else if (stuck.Length > 0)
            findings.Add(Found("poller_stuck", Severity.Warning, Fact.Count("stuck_nodes", stuck.Length), Fact.Span("longest", cluster.At - stuck.Min(n => n.PolledAt!.Value)))
                with { Amount = stuck.Length, Examples = [.. stuck.Select(n => n.Name).Take(Finding.MostExamples)] });
        return new(facts, findings);
    }

    private bool IsWorking(NodeRow node, DateTimeOffset now) => node.PolledAt is { } polled && now - polled < Patience + options.Value.PollInterval;
}

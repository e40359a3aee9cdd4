using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Live;

namespace OrderConsole.Components.Overview;

/// <summary>How long after its deadline an order was cancelled.</summary>
public sealed partial class LatenessCard
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public LatenessFigures Lateness { get; set; } = default!;

    private IEnumerable<(string Name, double? Value)> Percentiles => [("p50", Lateness.P50), ("p95", Lateness.P95), ("p99", Lateness.P99)];

    // Zero comes only when nothing was cancelled within the last minute: then there is no lateness to speak of.
    private string Shown(double? milliseconds) =>
        milliseconds is { } ms and > 0 ? Text.Duration(TimeSpan.FromMilliseconds(ms)) : Figures.Unread;
}

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

    private string Shown(double? milliseconds) => Text.Duration(milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null);
}

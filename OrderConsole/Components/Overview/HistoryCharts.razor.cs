using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Components.Overview;

/// <summary>How the figures went, over the range that the address names.</summary>
public sealed partial class HistoryCharts
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public SampleRange Range { get; set; } = default!;
    /// <summary>Null until they were read.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<SampleSpan>? Spans { get; set; }
    /// <summary>Whether the last reading failed.</summary>
    [Parameter] public bool Failed { get; set; }
    [Parameter, EditorRequired] public PageQuery Query { get; set; } = default!;

    private IReadOnlyList<Tab> Ranges =>
        [.. SampleRange.All.Select(r => new Tab(Text[$"Range.{r.Name}"], Query.With("range", r == SampleRange.All[0] ? null : r.Name), r == Range, HasCount: false))];

    private IReadOnlyList<ChartLine> Rate => [new(Text["Rate.Title"], s => s.CancelledPerSecond)];
    private IReadOnlyList<ChartLine> Queue => [new(Text["Queue.Title"], s => s.QueueSize)];
    private IReadOnlyList<ChartLine> Oldest => [new(Text["Oldest.Title"], s => s.OldestOverdue)];
    private IReadOnlyList<ChartLine> Lateness =>
        [new(Text["Lateness.p50"], s => s.LatenessP50), new(Text["Lateness.p95"], s => s.LatenessP95), new(Text["Lateness.p99"], s => s.LatenessP99)];

    private static string Count(double? value) => Figures.Count((long?)value);
    private string Seconds(double? value) => Text.Duration(value is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    private string Milliseconds(double? value) => Text.Duration(value is { } ms ? TimeSpan.FromMilliseconds(ms) : null);
}

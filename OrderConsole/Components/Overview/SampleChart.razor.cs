using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Components.Overview;

/// <summary>One line of a chart: its name and which figure it shows.</summary>
public sealed record ChartLine(string Title, Func<SampleSpan, double?> Of);

/// <summary>A figure over time, on axes that stay where they are. Painted anew only when there are newer figures.</summary>
public sealed partial class SampleChart
{
    private IReadOnlyList<SampleSpan>? _painted;
    private SampleRange? _paintedRange;
    private bool _changed;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public string Id { get; set; } = "";
    [Parameter, EditorRequired] public string Title { get; set; } = "";
    /// <summary>What the axis counts; null when its labels have their unit.</summary>
    [Parameter] public string? Axis { get; set; }
    [Parameter, EditorRequired] public SampleRange Range { get; set; } = default!;
    /// <summary>Null until they were read.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<SampleSpan>? Spans { get; set; }
    [Parameter, EditorRequired] public IReadOnlyList<ChartLine> Lines { get; set; } = [];
    /// <summary>A value as people read it.</summary>
    [Parameter, EditorRequired] public Func<double?, string> Shown { get; set; } = default!;

    /// <summary>A value beside the axis, where there is room for little, and the axis' end; as <see cref="Shown"/> unless said.</summary>
    [Parameter] public Func<double, double, string>? Marked { get; set; }

    private ChartRuns Drawn { get; set; } = ChartRuns.None;
    private double? Highest => Drawn.Highest;
    private double AxisEnd => Figures.AxisEnd(Highest ?? 0);
    private double AxisStep => AxisEnd / 4;
    private double TickEvery => Range.Length.TotalSeconds / (Range.Length.TotalMinutes == 10 ? 5 : Range.Length.TotalDays >= 7 ? 7 : 6);
    private string Summary => Text["Chart.Summary", Title, Text[$"Range.{Range.Name}"], Shown(Drawn.Last), Shown(Highest)];

    protected override void OnParametersSet()
    {
        _changed = !ReferenceEquals(Spans, _painted) || Range != _paintedRange;
        if (!_changed) return;
        (_painted, _paintedRange) = (Spans, Range);
        Drawn = ChartRuns.Of(Spans ?? [], Range, Lines);
    }

    protected override bool ShouldRender() => _changed;

    private string Label(object value)
    {
        var mark = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        return Marked is null ? Shown(mark) : Marked(mark, AxisEnd);
    }

    private string Tick(object second)
    {
        var ago = -Convert.ToDouble(second, CultureInfo.InvariantCulture);
        if (ago < 1) return Text["Chart.Now"];
        var unit = Range.Length.TotalDays >= 7 ? 86_400 : Range.Length.TotalHours >= 24 ? 3600 : 60;
        return "−" + Math.Round(ago / unit).ToString(CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Live;

namespace OrderConsole.Components.Overview;

/// <summary>Cancelled orders a second over the last ten minutes, on axes that stay where they are.</summary>
public sealed partial class CancelChart
{
    private IReadOnlyList<IReadOnlyList<ChartPoint>> _runs = [];
    private double _highest;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<LivePoint> Points { get; set; } = [];
    [Parameter, EditorRequired] public RateFigures Rates { get; set; } = default!;

    private IReadOnlyList<IReadOnlyList<ChartPoint>> Runs => _runs.Count > 0 ? _runs : [[]];
    private double AxisEnd => Figures.AxisEnd(_highest);
    private double AxisStep => AxisEnd / 4;
    private string Summary => Text["Rate.Summary", Figures.Rate(Rates.CancelledPerSecond), Figures.Rate(_highest)];

    protected override void OnParametersSet()
    {
        _runs = ChartPoint.Runs(Points);
        _highest = _runs.SelectMany(run => run).Select(p => p.PerSecond).DefaultIfEmpty(0).Max();
    }

    private string Minutes(object second) => Convert.ToDouble(second, CultureInfo.InvariantCulture) is var s && s == 0
        ? Text["Rate.Now"]
        : (s / 60).ToString("0;−0", CultureInfo.InvariantCulture);
}

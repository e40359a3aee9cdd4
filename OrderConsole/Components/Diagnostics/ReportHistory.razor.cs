using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Diagnostics;

namespace OrderConsole.Components.Diagnostics;

/// <param name="Nth">0 is the latest report, −1 the one before.</param>
public sealed record ScorePoint(double Nth, double Score);

/// <summary>The reports that are kept, and how the score went.</summary>
public sealed partial class ReportHistory
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public PageQuery Query { get; set; } = default!;
    [Parameter, EditorRequired] public DiagnosisList History { get; set; } = default!;
    /// <summary>Oldest first.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<DiagnosisSummary> Scores { get; set; } = [];
    /// <summary>The report on the page.</summary>
    [Parameter] public long? Shown { get; set; }

    private IReadOnlyList<ScorePoint> Points { get; set; } = [];
    private string ChartSummary => Text["Diagnosis.Chart.Summary", Scores.Count, Scores[^1].Score, Scores.Min(s => s.Score)];

    protected override void OnParametersSet() => Points = [.. Scores.Select((s, i) => new ScorePoint(i + 1 - Scores.Count, s.Score))];

    private string Tick(object nth) => Convert.ToDouble(nth, CultureInfo.InvariantCulture) is var n && n > -0.5 ? Text["Diagnosis.Chart.Latest"] : "−" + Math.Round(-n).ToString(CultureInfo.InvariantCulture);

    private static string Label(object score) => Convert.ToString(score, CultureInfo.InvariantCulture) ?? "";
}

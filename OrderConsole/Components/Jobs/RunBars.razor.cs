using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Jobs;
using Quartz;

namespace OrderConsole.Components.Jobs;

/// <summary>A job's last runs as small bars, the latest at the right: the longer it took, the higher.</summary>
public sealed partial class RunBars
{
    private const int Most = 20, Step = 5, Highest = 24, Lowest = 4;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    /// <summary>Latest first.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<JobRun> Runs { get; set; } = [];

    private IEnumerable<(JobRun Run, int X)> Bars => Runs.Take(Most).Select((run, i) => (run, (Most - 1 - i) * Step));

    private string Summary => Text["Jobs.Recent.Summary", Figures.Count(Runs.Count), Figures.Count(Runs.Count(r => r.Result == JobRunResult.Failed)), Text.Duration(Runs.Max(r => r.Took))];

    private string Height(JobRun run) => HeightOf(run).ToString("0.#", CultureInfo.InvariantCulture);

    private string Top(JobRun run) => (Highest - HeightOf(run)).ToString("0.#", CultureInfo.InvariantCulture);

    private double HeightOf(JobRun run)
    {
        var longest = Runs.Max(r => r.Took);
        return longest == TimeSpan.Zero ? Lowest : Lowest + (Highest - Lowest) * (run.Took / longest);
    }
}

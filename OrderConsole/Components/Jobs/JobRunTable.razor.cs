using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>Runs of the past, latest first.</summary>
public sealed partial class JobRunTable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<JobRun> Runs { get; set; } = [];
    [Parameter] public bool OfOneJob { get; set; }
    /// <summary>Whether each can be run again, with what it was given.</summary>
    [Parameter] public bool CanRequeue { get; set; }
    [Parameter] public string? WhyEmpty { get; set; }

    private string EmptyWhy => WhyEmpty ?? Text["Jobs.NoRuns.Why"];

    private static OperationParameters ParametersOf(JobRun run) => run.By is { Whole: true } ? new() { Whole = true } : OperationParameters.None;
}

using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Diagnostics.WhyStillHere;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Components.Why;

/// <summary>Why an order is where it is: the sentence, the next step with its button, and what the answer rests on.</summary>
public sealed partial class WhyView
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public WhyAnswer Answer { get; set; } = default!;
    /// <summary>The next step was taken: the answer is old.</summary>
    [Parameter] public EventCallback OnDone { get; set; }

    private bool IsLocksAway => Answer.Situation.Away == AwayPart.Locks;

    private string? Alive(string? owner) => Answer.IsAlive(owner) switch
    {
        true => Text["Why.Alive"].Value,
        false => Text["Why.Silent"].Value,
        null => null,
    };

    private static int Processing(ClusterFigures cluster) => cluster.Nodes.Count(n => SituationRule.IsProcessing(n, cluster.At));
}

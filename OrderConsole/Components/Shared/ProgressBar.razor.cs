using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Shared;

/// <summary>How far a long action is: "Cancelling … 120 of 1,000 orders".</summary>
public sealed partial class ProgressBar
{
    private readonly string _id = "progress-" + Guid.NewGuid().ToString("N")[..8];

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public long Value { get; set; }
    [Parameter, EditorRequired] public long Total { get; set; }
    /// <summary>The word for what is counted.</summary>
    [Parameter, EditorRequired] public string Unit { get; set; } = "";
    /// <summary>What is being done.</summary>
    [Parameter] public string? Words { get; set; }
}

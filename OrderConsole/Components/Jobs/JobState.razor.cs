using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>When a job runs next, or why it does not.</summary>
public sealed partial class JobState
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public JobRow Row { get; set; } = default!;
}

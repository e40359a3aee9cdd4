using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>How a job went last.</summary>
public sealed partial class JobLast
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public JobRow Row { get; set; } = default!;
}

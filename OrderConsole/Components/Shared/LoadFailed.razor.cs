using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Shared;

/// <summary>What could not be read, in words, with a way to try again.</summary>
public sealed partial class LoadFailed
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public LoadFault Fault { get; set; } = default!;
    [Parameter] public EventCallback Retry { get; set; }
}

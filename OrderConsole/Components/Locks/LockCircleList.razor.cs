using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Locks;

namespace OrderConsole.Components.Locks;

/// <summary>Who waited for whom in a circle, and who gave way.</summary>
public sealed partial class LockCircleList
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<LockCycle> Circles { get; set; } = [];
}

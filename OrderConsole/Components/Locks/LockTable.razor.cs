using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Locks;

/// <summary>Locks, one a row, as they were at one moment.</summary>
public sealed partial class LockTable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<ListedLock> Locks { get; set; } = [];
    /// <summary>When they were looked at.</summary>
    [Parameter, EditorRequired] public DateTimeOffset At { get; set; }
}

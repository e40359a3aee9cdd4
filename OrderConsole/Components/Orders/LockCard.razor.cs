using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Locks;

namespace OrderConsole.Components.Orders;

/// <summary>Who holds an order's lock, since when and for how long.</summary>
public sealed partial class LockCard
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    /// <summary>Null while it is free.</summary>
    [Parameter, EditorRequired] public LockInfo? Lock { get; set; }
    /// <summary>When it was looked at.</summary>
    [Parameter, EditorRequired] public DateTimeOffset At { get; set; }

    // Two machines' clocks may differ by a little.
    private static TimeSpan Positive(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
}

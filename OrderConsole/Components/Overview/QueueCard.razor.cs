using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Live;

namespace OrderConsole.Components.Overview;

/// <summary>The timeout queue: how many entries wait for work, and in which state.</summary>
public sealed partial class QueueCard
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public QueueFigures Queue { get; set; } = default!;

    // Dead letters wait for a person, not for their turn.
    private long? Total => Queue.Scheduled + Queue.Due + Queue.Claimed + Queue.Retrying;

    private IEnumerable<(string State, long? Count)> States =>
    [
        ("scheduled", Queue.Scheduled), ("due", Queue.Due), ("claimed", Queue.Claimed), ("retrying", Queue.Retrying), ("dead", Queue.Dead),
    ];
}

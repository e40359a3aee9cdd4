using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Shared;

/// <summary>What stands in the queue or in a lock's key: an order's number as a link, or, from another program, anything, shown safely.</summary>
public sealed partial class EntryName
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>Where the timeout of an order is looked up.</summary>
    public static string EntryUrlOf(string orderNo) => "/timeouts?find=" + Uri.EscapeDataString(orderNo);
    /// <summary>Where the lock of an order is looked up.</summary>
    public static string LockUrlOf(string orderNo) => "/locks?order=" + Uri.EscapeDataString(orderNo);
}

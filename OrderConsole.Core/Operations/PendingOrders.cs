using System.Globalization;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Operations;

/// <summary>What actions ask of an order that must still be pending, and as the preview saw it.</summary>
internal static class PendingOrders
{
    public static ExaminedTarget Examine(string orderNo, IReadOnlyDictionary<string, OrderFacts> facts) =>
        !facts.TryGetValue(orderNo, out var found) ? new(orderNo, null, RefusalCodes.UnknownOrder)
        : found.Status != OrderStatus.Pending ? new(orderNo, null, RefusalCodes.NotPending)
        : new(orderNo, found.Version.ToString(CultureInfo.InvariantCulture), null);

    /// <summary>Why it can not be done as the order is now, or null when it can.</summary>
    public static string? Refusal(OperationItem item, IReadOnlyDictionary<string, OrderFacts> facts)
    {
        var now = Examine(item.Target, facts);
        return now.Refused ?? (item.Seen is null || item.Seen == now.Seen ? null : RefusalCodes.ChangedSincePreview);
    }
}

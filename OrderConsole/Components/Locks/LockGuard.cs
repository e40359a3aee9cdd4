using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Components.Locks;

/// <summary>What a lock guards at this moment, in words.</summary>
internal static class LockGuard
{
    /// <returns>Null for a final order: there is nothing left to guard.</returns>
    public static string? Guards(this IStringLocalizer text, LockInfo held, OrderFacts order, DateTimeOffset now) => order switch
    {
        { Status: not OrderStatus.Pending } => null,
        var pending when held.IsForeign && pending.ExpiresAt <= now => text["LockPage.Guards.ForeignOverdue"].Value,
        var pending when held.IsForeign => text["LockPage.Guards.Foreign", text.Moment(pending.ExpiresAt, now)].Value,
        var pending when pending.ExpiresAt <= now => text["LockPage.Guards.Overdue"].Value,
        var pending => text["LockPage.Guards.Pending", text.Moment(pending.ExpiresAt, now)].Value,
    };
}

using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Components.Locks;

/// <summary>What a lock guards at this moment, in words.</summary>
internal static class LockGuard
{
    public static string Guards(this IStringLocalizer text, LockInfo held, OrderFacts? order, DateTimeOffset now) => order switch
    {
        null => text["LockPage.Guards.Unknown"],
        { Status: not OrderStatus.Pending } => text["LockPage.Guards.Final"],
        { } pending when held.IsForeign && pending.ExpiresAt <= now => text["LockPage.Guards.ForeignOverdue"],
        { } pending when held.IsForeign => text["LockPage.Guards.Foreign", text.Moment(pending.ExpiresAt, now)],
        { } pending when pending.ExpiresAt <= now => text["LockPage.Guards.Overdue"],
        { } pending => text["LockPage.Guards.Pending", text.Moment(pending.ExpiresAt, now)],
    };
}

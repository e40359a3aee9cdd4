using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Queue.Database;
using OrderConsole.Tests.Operations;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Diagnostics;

/// <summary>Brings real stores into states that should not be.</summary>
public abstract class ProvokedStates(StoreSet set) : OperationTests(set)
{
    protected bool IsRedis => Stores.RedisOrNull is not null;

    /// <summary>Pending orders that were placed a while ago.</summary>
    protected async Task PlaceOldAsync(params string[] numbers)
    {
        await PlaceAsync(numbers: numbers);
        await Engine.Database.WriteAsync(db => db.Orders.Where(o => numbers.Contains(o.No))
            .ExecuteUpdateAsync(u => u.SetProperty(o => o.CreatedAt, TimeProvider.System.GetUtcNow().AddMinutes(-1)), Stop), Stop);
    }

    /// <summary>Puts orders in the queue at their deadlines.</summary>
    protected async Task ScheduleAsync(params string[] numbers)
    {
        var deadlines = await Engine.Database.ReadAsync(db => db.Orders.Where(o => numbers.Contains(o.No)).Select(o => new ScheduledTimeout(o.No, o.ExpiresAt)).ToListAsync(Stop));
        await Queue.ScheduleAsync(deadlines, Stop);
    }

    protected Task<int> ChangeAsync(string no, Action<UpdateSettersBuilder<Order>> change) =>
        Engine.Database.WriteAsync(db => db.Orders.Where(o => o.No == no).ExecuteUpdateAsync(change, Stop), Stop);

    protected Task EndLeaseAsync(string no, TimeSpan ago) => IsRedis
        ? Stores.Redis.Raw.SendAsync("ZADD", "{order_timeouts}:claimed", FormattableString.Invariant($"{(TimeProvider.System.GetUtcNow() - ago).ToUnixTimeSeconds()}"), no)
        : Engine.Database.WriteAsync(db => db.OrderTimeouts.Where(r => r.OrderNo == no).ExecuteUpdateAsync(u => u.SetProperty(r => r.At, TimeProvider.System.GetUtcNow() - ago), Stop), Stop);

    protected Task WriteMalformedAsync() => IsRedis
        ? Stores.Redis.Raw.SendAsync("ZADD"u8.ToArray(), "order_timeouts"u8.ToArray(), "4000000000"u8.ToArray(), [.. "not "u8, 255, .. " an\norder"u8])
        : Engine.Database.WriteAsync(db =>
        {
            db.Add(new QueueRow { OrderNo = "not an order", State = QueueRowState.Scheduled, At = TimeProvider.System.GetUtcNow().AddYears(1), DueAt = TimeProvider.System.GetUtcNow().AddYears(1) });
            return db.SaveChangesAsync(Stop);
        }, Stop);
}

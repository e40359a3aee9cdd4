using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Operations;

/// <summary>Gives pending orders a later deadline, counted from the old one. Targets are order numbers; parameter <c>By</c>.</summary>
public sealed class ExtendOrders(OrderDatabase database, OverdueOrderReader orders, DeadlineScheduler deadlines, TimeProvider time) : OperatorAction
{
    public const string ActionName = "extend_orders";

    public override string Name => ActionName;
    public override string Permission => Permissions.Extend;

    public override void Check(OperationParameters parameters) => ByOf(parameters);

    public override async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel)
    {
        var facts = await orders.FactsAsync(targets, cancel);
        return [.. targets.Select(no => PendingOrders.Examine(no, facts))];
    }

    public override async Task DoAsync(ActionBatch batch, CancellationToken cancel)
    {
        var by = ByOf(batch.Parameters);
        var known = await orders.FactsAsync([.. batch.Items.Select(i => i.Target)], cancel);
        deadlines.Schedule(await database.WriteAsync(async db =>
        {
            var rows = await database.LockedOrders(db, [.. known.Values.Select(f => f.OrderId)]).ToDictionaryAsync(o => o.No, StringComparer.Ordinal, cancel);
            var now = rows.ToDictionary(r => r.Key, r => new OrderFacts(r.Value.Id, r.Value.Status, r.Value.Version, r.Value.ExpiresAt), StringComparer.Ordinal);
            var (outcomes, moved) = (new List<ItemOutcome>(batch.Items.Count), new List<ScheduledTimeout>());
            foreach (var item in batch.Items)
            {
                if (PendingOrders.Refusal(item, now) is { } refused)
                {
                    outcomes.Add(ItemOutcome.Refused(item, refused));
                    continue;
                }
                var before = rows[item.Target].ExpiresAt;
                Extend(db, rows[item.Target], by);
                moved.Add(new(item.Target, rows[item.Target].ExpiresAt));
                outcomes.Add(ItemOutcome.Done(item, null, $"deadline {before.UtcDateTime:O}", $"deadline {rows[item.Target].ExpiresAt.UtcDateTime:O}"));
            }
            await db.SaveChangesAsync(cancel);
            await batch.RecordAsync(db, outcomes, cancel);
            return moved;
        }, cancel));
        await deadlines.SettleAsync(cancel);
    }

    private void Extend(OrdersDb db, Order order, TimeSpan by)
    {
        order.Extend(by);
        db.Add(new OrderEvent
        {
            OrderId = order.Id, Version = order.Version, Kind = OrderEventKind.Extended, At = time.GetUtcNow(), Node = Node.ThisProcess.Name, Detail = by.ToString("c"),
        });
    }

    private static TimeSpan ByOf(OperationParameters parameters) =>
        parameters.By is { } by && by >= PlaceOrderRequest.MinPaymentWindow && by <= PlaceOrderRequest.MaxPaymentWindow
            ? by
            : throw new InvalidInputException("by", "\"00:00:01\" to \"30.00:00:00\"");
}

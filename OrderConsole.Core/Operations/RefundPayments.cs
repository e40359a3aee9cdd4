using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Operations;

/// <summary>
/// Records that late or duplicate money went back; the payment side moves it. Targets are payment ids; parameter
/// <c>Reference</c>.
/// </summary>
public sealed class RefundPayments(OrderDatabase database, TimeProvider time) : OperatorAction
{
    public const string ActionName = "refund_payments";
    public const int MaxReferenceLength = 128;

    public override string Name => ActionName;
    public override string Permission => Permissions.DecidePayment;
    public override bool MayTouchPaidOrders => true;

    public override void Check(OperationParameters parameters)
    {
        if (parameters.Reference?.Trim() is not { Length: >= 1 and <= MaxReferenceLength } reference || reference.Any(char.IsControl))
            throw new InvalidInputException("reference", $"1 to {MaxReferenceLength} characters on one line");
    }

    public override async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel)
    {
        var found = await PaymentDecisions.ReadAsync(database, targets, cancel);
        return [.. targets.Select(id => new ExaminedTarget(id, null, found.Refusal(id), OnPaidOrder: true))];
    }

    public override Task DoAsync(ActionBatch batch, CancellationToken cancel) => database.WriteAsync(async db =>
    {
        var found = await PaymentDecisions.LockAsync(database, db, [.. batch.Items.Select(i => i.Target)], cancel);
        var (now, reference) = (time.GetUtcNow(), batch.Parameters.Reference!.Trim());
        var outcomes = batch.Items.Select(i => found.Refusal(i.Target) is { } refused ? ItemOutcome.Refused(i, refused) : ItemOutcome.Done(i, before: "undecided", after: $"refunded ({reference})")).ToArray();
        var refunded = outcomes.Where(o => o.State == OperationItemState.Done).Select(o => o.Item.Target).ToArray();
        foreach (var id in refunded)
        {
            var order = found.OrderOf(id);
            order.RecordRefund();
            db.Add(new OrderEvent
            {
                OrderId = order.Id, Version = order.Version, Kind = OrderEventKind.Refunded, At = now, Node = Node.ThisProcess.Name, Detail = $"{id} ({reference})",
            });
        }
        await db.SaveChangesAsync(cancel);
        await PaymentDecisions.DecideAsync(db, refunded, PaymentDecision.Refunded, batch.Operation.By, reference, now, cancel);
        await batch.RecordAsync(db, outcomes, cancel);
        return refunded.Length;
    }, cancel);
}

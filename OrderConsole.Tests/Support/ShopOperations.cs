using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Tests.Support;

/// <summary>What an operator does to one order of a <see cref="Shop"/>, through the gate like everything.</summary>
public sealed class ShopOperations
{
    /// <summary>Of every console and shop of the tests, so that several can write one audit.</summary>
    public const string AuditKey = "a key for tests alone, of no use to anybody";
    private static readonly Operator Somebody = Operator.System("somebody");
    private readonly OperationGate _gate;
    private readonly OrderQueries _orders;

    public ShopOperations(OrderDatabase database, OrderQueries orders, IReadOnlyList<OperatorAction> actions)
    {
        _orders = orders;
        var options = Options.Create(new OperationOptions());
        var audit = new AuditLog(database, new AuditKeys(AuditKey), TimeProvider.System);
        var runner = new OperationRunner(database, actions, audit, options, TimeProvider.System, NullLogger<OperationRunner>.Instance);
        _gate = new OperationGate(database, actions, new TargetReader(orders, null!, new LatePayments(database), null!, null!), runner, new OperationGuard(new AccessRules(database, TimeProvider.System), audit, options), audit, options, TimeProvider.System);
    }

    /// <exception cref="OrderRefusedException">It was refused; the code says why.</exception>
    private async Task<Order> DoAsync(string action, string orderNo, OperationParameters parameters, string? reason, CancellationToken cancel)
    {
        var item = await _gate.DoNowAsync(action, orderNo, parameters, reason, Somebody, cancel);
        return item.State == OperationItemState.Done ? (await _orders.RowAsync(orderNo, cancel))! : throw new OrderRefusedException(item.Code!, item.Detail ?? item.Code!);
    }

    public sealed class Cancelling(ShopOperations operations)
    {
        public Task<Order> CancelAsync(string orderNo, string? reason, CancellationToken cancel) =>
            operations.DoAsync(CancelOrders.ActionName, orderNo, OperationParameters.None, reason, cancel);
    }

    public sealed class Extending(ShopOperations operations)
    {
        public Task<Order> ExtendAsync(string orderNo, TimeSpan by, CancellationToken cancel) =>
            operations.DoAsync(ExtendOrders.ActionName, orderNo, new OperationParameters { By = by }, "test", cancel);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Timeouts;

/// <summary>Tests of the whole engine in this process, on real stores of their own.</summary>
public abstract class EngineTests(StoreSet set, bool forgetful = false) : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private StoreSetup? _stores;
    private Engine? _engine;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;
    protected StoreSetup Stores => _stores ?? throw new InvalidOperationException("Not open yet.");
    protected Engine Engine => _engine ?? throw new InvalidOperationException("Not put together yet.");
    protected WarningLines Warnings { get; } = new();
    protected ITimeoutQueue Queue => Engine.Get<ITimeoutQueue>();
    protected IQueueInspector Inspector => Engine.Get<IQueueInspector>();
    protected OrderQueries Orders => Engine.Get<OrderQueries>();
    protected Shop Shop => field ??= new Shop(Engine.Database, Engine.Get<DeadlineScheduler>());

    public async ValueTask InitializeAsync() => _stores = await StoreSetup.CreateAsync(set, forgetful);

    /// <summary>Puts the engine together without starting it: orders and entries can be made that nobody works on yet.</summary>
    protected async Task PutTogetherAsync(params (string Key, string Value)[] settings)
    {
        _engine = await Engine.CreateAsync(Stores.Settings(settings), services => services.AddSingleton<ILoggerProvider>(Warnings));
        if (Stores.RedisOrNull is not null) Engine.Get<Core.Redis.RedisConnection>().Start();
    }

    protected Task AllFinalAsync(TimeSpan? patience = null) => Eventually.HoldsAsync(
        () => Engine.Database.ReadAsync(async db => !await db.Orders.AnyAsync(o => o.Status == OrderStatus.Pending)), "every order is final", patience ?? Patience);

    protected Task StatusIsAsync(string orderNo, OrderStatus status) => Eventually.HoldsAsync(
        async () => (await Orders.RowAsync(orderNo, Stop))!.Status == status, $"{orderNo} is {status}", Patience);

    protected async Task NothingIsLeftAsync()
    {
        await Eventually.HoldsAsync(async () => (await Inspector.CountAsync(Stop)) is { Total: 0 }, "the queue is empty", Patience);
        await Eventually.HoldsAsync(async () => await Engine.Get<ILockInspector>().CountAsync(Stop) == 0, "no lock is held", Patience);
    }

    protected async Task<OrderDetails> OrderAsync(string orderNo) => (await Orders.FindAsync(orderNo, Stop))!;

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        if (_stores is not null) await _stores.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Diagnostics.WhyStillHere;
using OrderConsole.Core.Diagnostics;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Locks.Database;
using OrderConsole.Core.Locks.Redis;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Queue.Database;
using OrderConsole.Core.Queue.Redis;
using OrderConsole.Core.Redis;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core;

/// <summary>Everything of the core, as settings ask for it.</summary>
public static class CoreServices
{
    public static IServiceCollection AddOrderConsoleCore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<OrderOptions>(configuration, "Orders");
        services.AddSettings<TimeoutOptions>(configuration, "Timeouts");
        var stores = Stores.Read(configuration);
        services.AddSingleton(stores);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(p => new OrderDatabase(stores.Provider, stores.OrdersConnection, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DatabaseUpkeep>();
        services.AddHostedService<DatabaseUpgrade>();
        if (stores.UseRedis) services.AddRedis(configuration, stores);
        services.AddQueue(stores);
        services.AddSettings<LockOptions>(configuration, "Locks");
        services.AddLocks(stores);
        services.AddOrders();
        services.AddTimeouts();
        services.AddSettings<OperationOptions>(configuration, "Operations");
        services.AddDrift();
        services.AddAudit(configuration, stores);
        services.AddOperations();
        services.AddTelemetry();
        services.AddDiagnosis(configuration);
        return services;
    }

    /// <summary>Binds a section, refuses keys that it does not have, and checks its ranges when the program starts.</summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section) where T : class
    {
        services.AddOptions<T>()
            .Configure(options => SettingsSection.Bind(configuration, section, options))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services;
    }

    private static void AddRedis(this IServiceCollection services, IConfiguration configuration, Stores stores)
    {
        services.AddSettings<RedisOptions>(configuration, RedisOptions.Section);
        services.AddSingleton(p => new RedisConnection(stores.RedisConnection, p.GetRequiredService<IOptions<RedisOptions>>().Value,
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<RedisConnection>>()));
        services.AddHostedService<RedisStart>();
    }

    private static void AddQueue(this IServiceCollection services, Stores stores)
    {
        if (stores.Queue == StoreKind.Redis)
        {
            services.AddSingleton(new RedisQueueKeys());
            services.AddSingleton<ITimeoutQueue, RedisTimeoutQueue>();
            services.AddSingleton<IQueueInspector, RedisQueueInspector>();
        }
        else
        {
            services.AddSingleton<ITimeoutQueue, DatabaseTimeoutQueue>();
            services.AddSingleton<IQueueInspector, DatabaseQueueInspector>();
        }
    }

    private static void AddLocks(this IServiceCollection services, Stores stores)
    {
        if (stores.Locks == StoreKind.Redis)
        {
            services.AddSingleton(p => new RedisLockKeys(foreign: p.GetRequiredService<IOptions<LockOptions>>().Value.ForeignPrefixes));
            services.AddSingleton<IOrderLocks, RedisOrderLocks>();
            services.AddSingleton<ILockInspector, RedisLockInspector>();
        }
        else
        {
            services.AddSingleton<IOrderLocks, DatabaseOrderLocks>();
            services.AddSingleton<ILockInspector, DatabaseLockInspector>();
        }
        services.AddSingleton<ForceUnlocks>().AddSingleton<LockVerdicts>().AddSingleton<LockWaits>().AddSingleton<LockCycles>().AddRunning<LockNumbers>();
#if FAULT_POINTS
        if (Environment.GetEnvironmentVariable("OC_LOCKS") == "always-yes") services.AddSingleton<IOrderLocks, AlwaysYesLocks>();
#endif
    }

    private static void AddOrders(this IServiceCollection services) => services
        .AddSingleton<PlaceOrders>()
        .AddSingleton<RecordPayment>()
        .AddSingleton<StockLevels>()
        .AddSingleton<OrderQueries>()
        .AddSingleton<LatePayments>()
        .AddSingleton<OrderExport>()
        .AddSingleton<IdempotencyKeyPruner>();

    private static void AddTimeouts(this IServiceCollection services) => services
        .AddSingleton<TimeoutEvents>()
        .AddSingleton<PollerWakeUp>()
        .AddSingleton<ProcessingSwitch>()
        .AddSingleton<OverdueOrderReader>()
        .AddSingleton<PendingOrderReader>()
        .AddSingleton<OrderCanceller>()
        .AddSingleton<LeaseRenewer>()
        .AddSingleton<ReleaseClaims>()
        .AddSingleton<CancelUnpaidOrders>()
        .AddSingleton<QueueDrain>()
        .AddRunning<DeadlineScheduler>()
        .AddRunning<DueTimeoutPoller>()
        .AddRunning<TimeoutRecoverer>()
        .AddRunning<Reconciler>();

    private static void AddDrift(this IServiceCollection services) => services
        .AddSingleton<DriftReader>()
        .AddSingleton<DriftWatch>()
        .AddSingleton<DriftSweep>()
        .AddSingleton<WhyReader>();

    private static void AddOperations(this IServiceCollection services) => services
        .AddSingleton<OperatorAction, CancelOrders>()
        .AddSingleton<OperatorAction, ExtendOrders>()
        .AddSingleton<OperatorAction, RequeueTimeouts>()
        .AddSingleton<OperatorAction, ScheduleTimeouts>()
        .AddSingleton<OperatorAction, RemoveEntries>()
        .AddSingleton<OperatorAction, RefundPayments>()
        .AddSingleton<OperatorAction, ReinstateOrders>()
        .AddSingleton<OperatorAction, PauseProcessing>()
        .AddSingleton<OperatorAction, ResumeProcessing>()
        .AddSingleton<OperatorAction, UnlockOrders>()
        .AddSingleton<OperatorAction, CleanUpLocks>()
        .AddSingleton<LockRelease>()
        .AddSingleton<RemovableLocks>()
        .AddSingleton<LockCleanup>()
        .AddSingleton<ForceUnlock>()
        .AddSingleton<TargetReader>()
        .AddSingleton<AccessRules>()
        .AddSingleton<OperationGuard>()
        .AddSingleton<OperationGate>()
        .AddSingleton<OperationApprovals>()
        .AddSingleton<OperationQueries>()
        .AddRunning<OperationRunner>()
        .AddSingleton<OperationPruner>();

    private static void AddTelemetry(this IServiceCollection services) => services
        .AddSingleton<TimeoutMeters>()
        .AddSingleton<ProcessorHealth>()
        .AddSingleton<ClusterTotals>()
        .AddSingleton<SampleStore>()
        .AddHostedService<NodeHeartbeat>();

    /// <summary>A service that runs and that others call.</summary>
    private static IServiceCollection AddRunning<T>(this IServiceCollection services) where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(p => p.GetRequiredService<T>());
}

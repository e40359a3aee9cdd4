using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Diagnostics.Checks;
using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Redis;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Diagnostics;

/// <summary>The diagnosis and its checks, in the order of reports.</summary>
internal static class DiagnosisServices
{
    public static void AddDiagnosis(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DiagnosisOptions>(configuration, "Diagnosis");
        services.AddSingleton<LockWarnings>();
        services.AddSingleton<ILoggerProvider>(p => p.GetRequiredService<LockWarnings>());
        services.AddSingleton<DiagnosisStore>();
        services.AddChecks();
        services.AddSingleton<AskedDiagnosis>();
        services.AddSingleton(p => new DiagnosisRunner(p.GetServices<DiagnosisCheck>(),
            new(p.GetRequiredService<ClusterTotals>(), p.GetRequiredService<IQueueInspector>(), p.GetRequiredService<OrderQueries>(), p.GetRequiredService<DriftReader>(), p.GetService<RedisConnection>()),
            p.GetRequiredService<DiagnosisStore>(), p.GetRequiredService<IOptions<DiagnosisOptions>>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<DiagnosisRunner>>()));
    }

    // What takes longest begins first; the checks that wait for it come last.
    private static void AddChecks(this IServiceCollection services) => services
        .AddSingleton<DiagnosisCheck, LostOrders>()
        .AddSingleton<DiagnosisCheck, StockLedger>()
        .AddSingleton<DiagnosisCheck, PaidAndCancelled>()
        .AddSingleton<DiagnosisCheck, PollerProgress>()
        .AddSingleton<DiagnosisCheck, Heartbeats>()
        .AddSingleton<DiagnosisCheck, OldestOverdue>()
        .AddSingleton<DiagnosisCheck, Backlog>()
        .AddSingleton<DiagnosisCheck, UndecidedPayments>()
        .AddSingleton<DiagnosisCheck, LockContention>()
        .AddSingleton<DiagnosisCheck, LockNearMisses>()
        .AddSingleton<DiagnosisCheck, LockHolders>()
        .AddSingleton<DiagnosisCheck, LockCircles>()
        .AddSingleton<DiagnosisCheck, LockLogLines>()
        .AddSingleton<DiagnosisCheck, ClockSkew>()
        .AddSingleton<DiagnosisCheck, RedisLatency>()
        .AddSingleton<DiagnosisCheck, RedisPolicy>()
        .AddSingleton<DiagnosisCheck, RedisPersistence>()
        .AddSingleton<DiagnosisCheck, RedisMemory>()
        .AddSingleton<DiagnosisCheck, RedisEvictions>()
        .AddSingleton<DiagnosisCheck, RedisRun>()
        .AddSingleton<DiagnosisCheck, DatabaseLatency>()
        .AddSingleton<DiagnosisCheck, WriteAheadLog>()
        .AddSingleton<DiagnosisCheck, DatabaseConnections>()
        .AddSingleton<DiagnosisCheck, Migrations>()
        .AddSingleton<DiagnosisCheck, DiskSpace>()
        .AddSingleton<DiagnosisCheck, GhostEntries>()
        .AddSingleton<DiagnosisCheck, WrongDueTimes>()
        .AddSingleton<DiagnosisCheck, StuckClaims>()
        .AddSingleton<DiagnosisCheck, DeadLetters>()
        .AddSingleton<DiagnosisCheck, MalformedEntries>()
        .AddSingleton<DiagnosisCheck, LeakedLocks>()
        .AddSingleton<DiagnosisCheck, FinalLocks>();
}

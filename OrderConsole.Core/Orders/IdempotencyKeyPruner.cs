using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Orders;

/// <summary>Forgets answers that are older than <see cref="OrderOptions.IdempotencyRetention"/>.</summary>
internal sealed partial class IdempotencyKeyPruner(
    OrderDatabase database, IOptions<OrderOptions> options, TimeProvider time, ILogger<IdempotencyKeyPruner> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var oldest = time.GetUtcNow() - options.Value.IdempotencyRetention;
            try
            {
                await database.WriteAsync(db => db.IdempotencyKeys.Where(k => k.CreatedAt < oldest).ExecuteDeleteAsync(stop), stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogLeftForLater(e.Message);
            }
        }
    }

    [LoggerMessage(85, LogLevel.Information, "Old idempotency keys are forgotten an hour later: {Why}")]
    private partial void LogLeftForLater(string why);
}

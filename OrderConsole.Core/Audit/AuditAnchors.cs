using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Audit;

/// <summary>
/// Says the end of the chain in the log from time to time, where new rows stand. Who rewrites the database would have to rewrite the
/// logs too, which are kept elsewhere.
/// </summary>
public sealed partial class AuditAnchors(OrderDatabase database, AuditKeys keys, IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditAnchors> logger) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private bool _warned;

    /// <summary>Sets an anchor if one is due.</summary>
    /// <param name="now">Also when only one row is new.</param>
    /// <returns>The anchor, or null when none was due, or another console set it.</returns>
    public async Task<AuditAnchor?> SetAsync(bool now, CancellationToken cancel)
    {
        var (head, last) = await database.ReadAsync(async db => (
            await db.AuditHeads.SingleOrDefaultAsync(cancel), await db.AuditAnchors.OrderByDescending(a => a.Seq).FirstOrDefaultAsync(cancel)));
        if (head is null || head.Seq <= (last?.Seq ?? 0)) return null;
        Warn(head);
        var at = time.GetUtcNow();
        var isDue = now || last is null || head.Seq - last.Seq >= options.Value.AnchorRows || at - last.At >= options.Value.AnchorEvery;
        if (!isDue) return null;
        var anchor = new AuditAnchor { Seq = head.Seq, Hash = head.Hash, At = at };
        var isOurs = await database.WriteAsync(async db =>
        {
            if (await db.AuditAnchors.AnyAsync(a => a.Seq == anchor.Seq, cancel)) return false;
            db.Add(anchor);
            await db.SaveChangesAsync(cancel);
            return true;
        }, cancel);
        if (!isOurs) return null;
        LogAnchor(anchor.Seq, anchor.Hash);
        return anchor;
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(LookInterval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                // The last rows before a stop have their anchor too.
                using var patience = new CancellationTokenSource(Patience, time);
                await SetAsync(now: stop.IsCancellationRequested, patience.Token);
            }
            catch (Exception e)
            {
                // While the database is away, or has no tables yet, there are no rows either.
                if (e is not StoreUnavailableException and not OperationCanceledException) LogFailed(e);
            }
        }
    }

    private void Warn(AuditHead head)
    {
        if (_warned || head.KeyId is not { } last || keys.Find(last) is not null) return;
        _warned = true;
        LogOtherKey(last, keys.Current.Id);
    }

    [LoggerMessage(160, LogLevel.Information, "Audit anchor: row {Seq} has hash {Hash}")]
    private partial void LogAnchor(long seq, string hash);

    [LoggerMessage(161, LogLevel.Warning, "Setting an anchor of the audit failed; the next try follows")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(162, LogLevel.Error, "The audit's last row was signed with key {Last}, and this console has {Own}: it refuses operators' actions until it has the same Audit:Key")]
    private partial void LogOtherKey(string last, string own);
}

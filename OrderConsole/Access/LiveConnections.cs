using System.Collections.Concurrent;
using OrderConsole.Core.Data;

namespace OrderConsole.Access;

/// <summary>
/// Open pages and hub clients, each with whose it is. What signs them in is looked up again and again: the connection of
/// a disabled user, of an ended session or of a revoked key is cut within a minute.
/// </summary>
internal sealed partial class LiveConnections(Sessions sessions, OrderDatabase database, TimeProvider time, ILogger<LiveConnections> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, HttpContext> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _count = new(StringComparer.Ordinal);

    /// <returns>What ends the count when disposed, or null when this user or key has as many as are allowed.</returns>
    public IDisposable? Begin(HttpContext context, int most)
    {
        var whose = context.User.UserId() is { } user ? $"user {user}" : $"key {context.User.KeyId()}";
        if (_count.AddOrUpdate(whose, 1, (_, n) => n + 1) > most)
        {
            _count.AddOrUpdate(whose, 0, (_, n) => n - 1);
            return null;
        }
        _open[context.TraceIdentifier] = context;
        return new Ending(() =>
        {
            _open.TryRemove(context.TraceIdentifier, out _);
            _count.AddOrUpdate(whose, 0, (_, n) => n - 1);
        });
    }

    /// <summary>Looks at all of them once and cuts what may not go on.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        if (_open.IsEmpty) return;
        var open = _open.Values.ToList();
        var ids = open.Select(c => c.User.SessionId()).OfType<string>().Distinct().ToList();
        var keys = open.Select(c => c.User.KeyId()).OfType<long>().Distinct().ToList();
        var good = await sessions.StillOpenAsync(ids, cancel);
        var goodKeys = await KeyRing.StillValidAsync(database, keys, time.GetUtcNow(), cancel);
        foreach (var context in open)
        {
            var stays = context.User.SessionId() is { } id ? good.Contains(id) : context.User.KeyId() is { } key && goodKeys.Contains(key);
            if (stays) continue;
            Cut(context.User.Identity?.Name ?? "");
            context.Abort();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var turns = new PeriodicTimer(Every, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await turns.WaitForNextTickAsync(stoppingToken);
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is StoreUnavailableException or System.Data.Common.DbException)
            {
                // Nobody can act meanwhile; the next turn looks again.
            }
        }
    }

    [LoggerMessage(1503, LogLevel.Information, "A live connection of {Name} was cut: signed out, disabled or revoked")]
    private partial void Cut(string name);

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;

namespace OrderConsole.Access;

/// <summary>
/// Finds the key of a call. A key found is believed for a few seconds, so that thousands of orders a second do not read
/// it thousands of times; what operators do is decided by the database each time all the same.
/// </summary>
public sealed class KeyRing(OrderDatabase database, TimeProvider time)
{
    private const int MostRemembered = 1_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5), UsedPrecision = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Found> _found = new(StringComparer.Ordinal);

    /// <returns>The key, or null when there is none such that is valid now.</returns>
    /// <exception cref="StoreUnavailableException">The database cannot say.</exception>
    public async Task<ApiKey?> FindAsync(string secret, CancellationToken cancel)
    {
        if (!KeySecret.IsOne(secret)) return null;
        var hash = KeySecret.HashOf(secret);
        var now = time.GetUtcNow();
        if (_found.TryGetValue(hash, out var found) && now - found.At < Remembered && found.Key.IsValidAt(now)) return found.Key;
        var key = await database.ReadAsync(db => db.ApiKeys.SingleOrDefaultAsync(k => k.Hash == hash, cancel));
        if (key is null || !key.IsValidAt(now))
        {
            _found.TryRemove(hash, out _);
            return null;
        }
        // Wrong keys are never remembered, so this can not be filled from outside.
        if (_found.Count >= MostRemembered) _found.Clear();
        _found[hash] = new(key, now);
        if (!(now - key.LastUsedAt < UsedPrecision)) await NoteUseAsync(key.Id, now, cancel);
        return key;
    }

    /// <summary>Which of these keys are valid now.</summary>
    public static Task<List<long>> StillValidAsync(OrderDatabase database, IReadOnlyCollection<long> ids, DateTimeOffset now, CancellationToken cancel) => database.ReadAsync(
        db => db.ApiKeys.Where(k => ids.Contains(k.Id) && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now)).Select(k => k.Id).ToListAsync(cancel));

    /// <summary>Believes nothing any more: a key was revoked.</summary>
    public void Forget() => _found.Clear();

    private Task<int> NoteUseAsync(long id, DateTimeOffset now, CancellationToken cancel) => database.WriteIndexAsync(
        db => db.ApiKeys.Where(k => k.Id == id).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), cancel), cancel);

    private sealed record Found(ApiKey Key, DateTimeOffset At);
}

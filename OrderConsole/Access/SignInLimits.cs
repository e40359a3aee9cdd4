using System.Collections.Concurrent;

namespace OrderConsole.Access;

/// <summary>
/// Slows down who guesses passwords, by name and address together: who guesses the administrator's can not lock the
/// administrator out from elsewhere. Asked before the password is hashed, since hashing is what an attacker could make dear.
/// </summary>
public sealed class SignInLimits(TimeProvider time)
{
    private const int FreeTries = 5, FreeTriesOfAddress = 30, MostRemembered = 10_000, MostDoublings = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15), Forgotten = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, Failures> _failures = new(StringComparer.Ordinal);

    /// <summary>So many passwords are checked at once, whoever asks.</summary>
    public SemaphoreSlim Hashing { get; } = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <returns>How long to wait until this name may be tried again from this address; null: now.</returns>
    public TimeSpan? Wait(string name, string address) => Longer(WaitOf(Pair(name, address), FreeTries), WaitOf(address, FreeTriesOfAddress));

    public void Failed(string name, string address)
    {
        Forget();
        Count(Pair(name, address));
        Count(address);
    }

    /// <summary>Counts for all addresses together: who guesses codes knows the password already.</summary>
    public void FailedAnywhere(string what) => Count(what);

    public void Succeeded(string name, string address) => _failures.TryRemove(Pair(name, address), out _);

    private void Count(string key) => _failures.AddOrUpdate(key, _ => new(1, time.GetUtcNow()), (_, f) => new(f.Count + 1, time.GetUtcNow()));

    private TimeSpan? WaitOf(string key, int free)
    {
        if (!_failures.TryGetValue(key, out var failures) || failures.Count < free) return null;
        var delay = TimeSpan.FromSeconds(1 << Math.Min(failures.Count - free, MostDoublings));
        var left = failures.LastAt + (delay < Longest ? delay : Longest) - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : null;
    }

    private void Forget()
    {
        if (_failures.Count < MostRemembered) return;
        var old = time.GetUtcNow() - Forgotten;
        foreach (var (key, failures) in _failures)
            if (failures.LastAt < old) _failures.TryRemove(key, out _);
    }

    private static TimeSpan? Longer(TimeSpan? a, TimeSpan? b) => a is null || b > a ? b : a;

    private static string Pair(string name, string address) => $"{address} {Accounts.Normalized(name[..Math.Min(name.Length, 64)])}";

    private sealed record Failures(int Count, DateTimeOffset LastAt);
}

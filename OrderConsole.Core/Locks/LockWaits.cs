using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Locks;

/// <summary>What came of waiting for several orders' locks.</summary>
/// <param name="Locks">All of them, in the order of their numbers; empty when not all were got.</param>
/// <param name="Cycle">Who waited for whom in a circle, when this caller was the youngest in it and gave way; empty otherwise.</param>
public sealed record LocksTaken(IReadOnlyList<LockHandle> Locks, IReadOnlyList<WaitCycleMember> Cycle)
{
    public bool GaveWay => Cycle.Count > 0;
}

/// <summary>One member of a circle of waiters.</summary>
/// <param name="Since">When it began to wait.</param>
/// <param name="Holds">The order whose lock it holds and the member before it waits for.</param>
/// <param name="WaitsFor">The order whose lock the next member holds.</param>
public sealed record WaitCycleMember(string Waiter, string Owner, DateTimeOffset Since, string Holds, string WaitsFor);

/// <summary>
/// For callers that need several orders' locks at once: one call, always in ordinal order, so that two of them can wait
/// for one another but not in a circle. A caller that holds locks already and asks for more can close one; waiters are
/// recorded, the circle is found, its youngest member gives way, and the circle is reported: <see cref="LockCycles"/>.
/// </summary>
/// <remarks>Records end by themselves after <see cref="RecordLife"/>: a dead waiter stands in nobody's way.</remarks>
public sealed partial class LockWaits(IOrderLocks locks, LockCycles cycles, OrderDatabase database, TimeProvider time, ILogger<LockWaits> logger)
{
    public static readonly TimeSpan RecordLife = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);

    /// <summary>Takes all locks or none, and waits for those that others hold.</summary>
    /// <param name="held">What this caller holds already.</param>
    /// <param name="patience">How long to wait at most; the lease must be longer.</param>
    public async Task<LocksTaken> TakeAllAsync(
        IReadOnlyCollection<string> orderNos, IReadOnlyList<LockHandle> held, TimeSpan lease, TimeSpan patience, string owner, CancellationToken cancel)
    {
        string[] wanted = [.. orderNos.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var (startedAt, since, waiter, isRecorded) = (time.GetTimestamp(), time.GetUtcNow(), Guid.NewGuid().ToString("N"), false);
        var taken = new List<LockHandle>();
        var keeps = false;
        try
        {
            while (true)
            {
                await TakeNextAsync(wanted, taken, lease, owner, cancel);
                if (taken.Count == wanted.Length)
                {
                    keeps = true;
                    return new(taken, []);
                }
                await RecordAsync(waiter, owner, since, [.. held.Concat(taken).Select(h => h.OrderNo)], wanted[taken.Count], cancel);
                isRecorded = true;
                if (await CycleAsync(waiter, cancel) is { Count: > 0 } cycle)
                {
                    await ReportAsync(cycle, cancel);
                    return new([], cycle);
                }
                if (time.GetElapsedTime(startedAt) >= patience) return new([], []);
                await Task.Delay(BetweenTries, time, cancel);
                if (taken.Count > 0) await locks.RenewAsync(taken, lease, cancel);
                // One that was taken away from us takes along what comes after it.
                if (taken.FindIndex(h => h.IsLost) is >= 0 and var lost) await GiveBackAsync(taken, lost);
            }
        }
        finally
        {
            if (!keeps && taken.Count > 0) await locks.ReleaseAsync(taken, CancellationToken.None);
            if (isRecorded) await ForgetAsync(waiter);
        }
    }

    /// <summary>Every circle there is now, each once, its youngest member first.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<WaitCycleMember>>> CyclesAsync(CancellationToken cancel) => WaitGraph.Cycles(await RowsAsync(cancel));

    /// <summary>Who waits now, longest first.</summary>
    public Task<List<LockWaitRow>> WaitingAsync(int most, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return database.ReadAsync(db => db.LockWaits.Where(w => !w.IsHeld && w.Until > now).OrderBy(w => w.Since).ThenBy(w => w.Waiter).Take(most).ToListAsync(cancel));
    }

    /// <summary>How many wait for each of the given orders' locks; orders that nobody waits for are left out.</summary>
    public Task<Dictionary<string, int>> WaitersAsync(IReadOnlyList<string> orderNos, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return database.ReadAsync(db => db.LockWaits.Where(w => !w.IsHeld && w.Until > now && orderNos.Contains(w.OrderNo))
            .GroupBy(w => w.OrderNo).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, StringComparer.Ordinal, cancel));
    }

    // Only up to the first that somebody holds: who held a later one while waiting for an earlier would break the order.
    private async Task TakeNextAsync(string[] wanted, List<LockHandle> taken, TimeSpan lease, string owner, CancellationToken cancel)
    {
        var result = await locks.TryAcquireAsync(wanted[taken.Count..], lease, owner, cancel);
        var got = result.Acquired.ToDictionary(h => h.OrderNo, StringComparer.Ordinal);
        while (taken.Count < wanted.Length && got.Remove(wanted[taken.Count], out var next)) taken.Add(next);
        if (got.Count > 0) await locks.ReleaseAsync([.. got.Values], CancellationToken.None);
    }

    private async Task GiveBackAsync(List<LockHandle> taken, int from)
    {
        await locks.ReleaseAsync(taken[from..], CancellationToken.None);
        taken.RemoveRange(from, taken.Count - from);
    }

    private async Task ReportAsync(IReadOnlyList<WaitCycleMember> cycle, CancellationToken cancel)
    {
        LogCycle(cycle[0].Owner, string.Join("; ", cycle.Select(m => $"{m.Owner} holds {m.Holds} and waits for {m.WaitsFor}")));
        await cycles.KeepAsync(cycle, cancel);
    }

    private async Task<IReadOnlyList<WaitCycleMember>> CycleAsync(string waiter, CancellationToken cancel) =>
        WaitGraph.Cycles(await RowsAsync(cancel)).FirstOrDefault(c => c[0].Waiter == waiter) ?? [];

    private Task<List<LockWaitRow>> RowsAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return database.ReadAsync(db => db.LockWaits.Where(w => w.Until > now).ToListAsync(cancel));
    }

    private Task<int> RecordAsync(string waiter, string owner, DateTimeOffset since, string[] held, string wanted, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return database.WriteIndexAsync(async db =>
        {
            await db.LockWaits.Where(w => w.Waiter == waiter || w.Until <= now).ExecuteDeleteAsync(cancel);
            db.AddRange(held.Distinct(StringComparer.Ordinal).Where(no => no != wanted).Append(wanted).Select(no => new LockWaitRow
            {
                Waiter = waiter, OrderNo = no, IsHeld = no != wanted, Owner = owner, Since = since, Until = now + RecordLife,
            }));
            return await db.SaveChangesAsync(cancel);
        }, cancel);
    }

    private async Task ForgetAsync(string waiter)
    {
        try
        {
            await database.WriteIndexAsync(db => db.LockWaits.Where(w => w.Waiter == waiter).ExecuteDeleteAsync(CancellationToken.None), CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // Ends by itself.
        }
    }

    [LoggerMessage(121, LogLevel.Warning, "Callers waited for one another's locks in a circle, and {Owner} gave way as the youngest: {Members}")]
    private partial void LogCycle(string owner, string members);
}

/// <summary>What a waiter holds and waits for, a row each; table <c>lock_waits</c>.</summary>
public sealed class LockWaitRow
{
    /// <summary>One call of one caller.</summary>
    public string Waiter { get; init; } = "";
    public string OrderNo { get; init; } = "";
    /// <summary>False for the one it waits for.</summary>
    public bool IsHeld { get; init; }
    public string Owner { get; init; } = "";
    public DateTimeOffset Since { get; init; }
    public DateTimeOffset Until { get; init; }
}

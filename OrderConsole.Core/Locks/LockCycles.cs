using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Locks;

/// <summary>Callers that waited for one another's locks in a circle, until the first member gave way.</summary>
/// <param name="At">When it was found.</param>
/// <param name="Members">The youngest first: the one that gave way. Each waits for a lock that the next one holds.</param>
public sealed record LockCycle(DateTimeOffset At, IReadOnlyList<WaitCycleMember> Members);

/// <summary>Keeps the circles of waiters that were found, the last <see cref="MostKept"/>, for 90 days.</summary>
public sealed class LockCycles(OrderDatabase database, TimeProvider time)
{
    public const int MostKept = 1_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Those found since then, latest first.</summary>
    public async Task<IReadOnlyList<LockCycle>> SinceAsync(DateTimeOffset since, int most, CancellationToken cancel)
    {
        var rows = await database.ReadAsync(db => db.LockCycles.Where(c => c.At >= since).OrderByDescending(c => c.Id).Take(most).ToListAsync(cancel));
        return [.. rows.Select(row => new LockCycle(row.At, JsonSerializer.Deserialize<WaitCycleMember[]>(row.Members)!))];
    }

    public Task<int> CountSinceAsync(DateTimeOffset since, CancellationToken cancel) => database.ReadAsync(db => db.LockCycles.CountAsync(c => c.At >= since, cancel));

    internal Task KeepAsync(IReadOnlyList<WaitCycleMember> members, CancellationToken cancel) => database.WriteIndexAsync(async db =>
    {
        var row = new LockCycleRow { At = time.GetUtcNow(), Members = JsonSerializer.Serialize(members) };
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        var oldest = row.At - Kept;
        return await db.LockCycles.Where(c => c.Id <= row.Id - MostKept || c.At < oldest).ExecuteDeleteAsync(cancel);
    }, cancel);
}

/// <summary>A circle of waiters as it is kept; table <c>lock_cycles</c>.</summary>
public sealed class LockCycleRow
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    /// <summary><see cref="WaitCycleMember"/>s as JSON.</summary>
    public string Members { get; init; } = "";
}

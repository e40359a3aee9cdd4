using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Queue.Database;

/// <summary>Looks into the table <c>order_timeouts</c>; every query is a range of its one index.</summary>
public sealed class DatabaseQueueInspector(OrderDatabase database, TimeProvider time) : IQueueInspector
{
    // A page of places takes a database a few milliseconds, and a walk over a million takes as many pages.
    private const int PlacesPerPage = 5_000;

    public Task<QueueCounts> CountAsync(CancellationToken cancel) => database.ReadAsync(async db =>
    {
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = db.Command(Sql("count.sql"), ("now", NowMs()));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return new QueueCounts(
            Scheduled: reader.GetInt64(0), Due: reader.GetInt64(1) + reader.GetInt64(3), Claimed: reader.GetInt64(4), Retrying: reader.GetInt64(2),
            Dead: reader.GetInt64(5), OldestDueAt: reader.NullableMoment(6), NextDueAt: reader.NullableMoment(7), StoreNow: reader.Moment(8));
    });

    public Task<QueuePage> PageAsync(QueueState state, int page, int pageSize, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var now = await database.NowAsync(cancel);
        var rows = state switch
        {
            QueueState.Scheduled => db.OrderTimeouts.Where(r => r.State == QueueRowState.Scheduled && r.At > now),
            QueueState.Retrying => db.OrderTimeouts.Where(r => r.State == QueueRowState.Retrying && r.At > now),
            QueueState.Due => db.OrderTimeouts.Where(r => (r.State == QueueRowState.Scheduled || r.State == QueueRowState.Retrying) && r.At <= now),
            QueueState.Claimed => db.OrderTimeouts.Where(r => r.State == QueueRowState.Claimed),
            _ => db.OrderTimeouts.Where(r => r.State == QueueRowState.Dead),
        };
        var ordered = state switch
        {
            QueueState.Dead => rows.OrderByDescending(r => r.At).ThenBy(r => r.OrderNo),
            QueueState.Claimed => rows.OrderBy(r => r.DueAt).ThenBy(r => r.OrderNo),
            _ => rows.OrderBy(r => r.At).ThenBy(r => r.OrderNo),
        };
        var items = await ordered.Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancel);
        return new QueuePage([.. items.Select(r => EntryOf(r, now))], page, pageSize, await rows.LongCountAsync(cancel));
    });

    public Task<QueueEntry?> FindAsync(string orderNo, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        var row = await db.OrderTimeouts.SingleOrDefaultAsync(r => r.OrderNo == orderNo, cancel);
        return row is null ? null : EntryOf(row, await database.NowAsync(cancel));
    });

    public Task<IReadOnlyList<string>> FindMissingAsync(IReadOnlyList<string> orderNos, CancellationToken cancel) =>
        InStepsAsync(orderNos, rows => database.ReadAsync(db => NumbersAsync(db, "find_missing.sql", rows, cancel)));

    public Task<IReadOnlyList<string>> FindRequeueableAsync(IReadOnlyList<string> orderNos, CancellationToken cancel) =>
        InStepsAsync(orderNos, rows => database.ReadAsync(db => NumbersAsync(db, "find_requeueable.sql", rows, cancel)));

    public async IAsyncEnumerable<IReadOnlyList<string>> WalkAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var last = "";
        while (true)
        {
            // Pages of their own, so that no long read keeps SQLite's log from being written back.
            var after = last;
            var page = await database.ReadAsync(db => db.OrderTimeouts
                .Where(r => string.Compare(r.OrderNo, after) > 0 && (r.State == QueueRowState.Scheduled || r.State == QueueRowState.Retrying))
                .OrderBy(r => r.OrderNo).Select(r => r.OrderNo).Take(ITimeoutQueue.MaxEntriesPerCall).ToListAsync(cancel));
            if (page.Count == 0) yield break;
            yield return page;
            last = page[^1];
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<QueuePlace>> WalkInOrderAsync(QueueState state, [EnumeratorCancellation] CancellationToken cancel)
    {
        var rows = state switch
        {
            QueueState.Scheduled => QueueRowState.Scheduled,
            QueueState.Retrying => QueueRowState.Retrying,
            QueueState.Claimed => QueueRowState.Claimed,
            QueueState.Dead => QueueRowState.Dead,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no kind of entries of its own"),
        };
        var (name, at) = ("", long.MinValue);
        while (true)
        {
            var page = new List<QueuePlace>(PlacesPerPage);
            await database.ReadRowsAsync("next_in_order.sql", async reader =>
            {
                while (await reader.ReadAsync(cancel))
                {
                    (name, at) = (reader.GetString(0), reader.GetInt64(1));
                    page.Add(new QueuePlace(name, reader.Moment(1)));
                }
                return page.Count;
            }, cancel, ("state", (int)rows), ("at", at), ("name", name), ("count", PlacesPerPage));
            if (page.Count == 0) yield break;
            yield return page;
        }
    }

    public async Task<IReadOnlyList<QueueEntry>> FindAllAsync(IReadOnlyList<string> names, CancellationToken cancel)
    {
        var found = new List<QueueEntry>();
        foreach (var step in names.Chunk(ITimeoutQueue.MaxEntriesPerCall))
        {
            var now = await database.NowAsync(cancel);
            var rows = await database.ReadAsync(db => db.OrderTimeouts.Where(r => step.Contains(r.OrderNo)).ToDictionaryAsync(r => r.OrderNo, StringComparer.Ordinal, cancel));
            found.AddRange(step.Where(rows.ContainsKey).Select(name => EntryOf(rows[name], now)));
        }
        return found;
    }

    public Task<IReadOnlyList<string>> RemoveAsync(IReadOnlyList<string> names, CancellationToken cancel) =>
        InStepsAsync(names, rows => database.WriteIndexAsync(db => NumbersAsync(db, "remove.sql", rows, cancel), cancel));

    public Task<IReadOnlyList<string>> RequeueAsync(IReadOnlyList<string> orderNos, CancellationToken cancel) =>
        InStepsAsync(orderNos, rows => database.WriteIndexAsync(db => NumbersAsync(db, "requeue.sql", rows, cancel), cancel));

    public Task<IReadOnlyList<long>> DueHistogramAsync(DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = db.Command(Sql("histogram.sql"), ("from", from.ToUnixTimeMilliseconds()),
            ("bucket", (long)bucket.TotalMilliseconds), ("until", (from + (bucket * buckets)).ToUnixTimeMilliseconds()));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var counts = new long[buckets];
        while (await reader.ReadAsync(cancel)) counts[reader.GetInt64(0)] = reader.GetInt64(1);
        return (IReadOnlyList<long>)counts;
    });

    private static async Task<IReadOnlyList<string>> InStepsAsync(IReadOnlyList<string> orderNos, Func<string, Task<List<string>>> step)
    {
        var found = new List<string>();
        foreach (var chunk in orderNos.Chunk(ITimeoutQueue.MaxEntriesPerCall)) found.AddRange(await step(SqlFile.Json(chunk)));
        return found;
    }

    private async Task<List<string>> NumbersAsync(OrdersDb db, string file, string rows, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = db.Command(Sql(file), ("rows", rows), ("now", NowMs()));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<string>();
        while (await reader.ReadAsync(cancel)) found.Add(reader.GetString(0));
        return found;
    }

    private static QueueEntry EntryOf(QueueRow row, DateTimeOffset now) => new(
        row.OrderNo,
        row.State switch
        {
            QueueRowState.Claimed => QueueState.Claimed,
            QueueRowState.Dead => QueueState.Dead,
            _ when row.At <= now => QueueState.Due,
            QueueRowState.Retrying => QueueState.Retrying,
            _ => QueueState.Scheduled,
        },
        row.State is QueueRowState.Scheduled or QueueRowState.Retrying ? row.At : row.DueAt, row.Failed, row.Crashed, row.Owner,
        row.State == QueueRowState.Claimed ? row.At : null, row.Reason, row.Detail, row.State == QueueRowState.Dead ? row.At : null);

    private string Sql(string file) => SqlFile.Text(file, database.Provider);

    private long NowMs() => time.GetUtcNow().ToUnixTimeMilliseconds();
}

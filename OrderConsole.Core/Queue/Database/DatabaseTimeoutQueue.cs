using System.Data.Common;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;

namespace OrderConsole.Core.Queue.Database;

/// <summary>
/// The timeout queue in the orders' own database, table <c>order_timeouts</c>: nothing to install. Several consoles on
/// PostgreSQL pass over each other's rows (SKIP LOCKED); on SQLite each step is one short write.
/// </summary>
public sealed class DatabaseTimeoutQueue(OrderDatabase database, TimeProvider time) : ITimeoutQueue
{
    public Task ScheduleAsync(IReadOnlyList<ScheduledTimeout> timeouts, CancellationToken cancel) =>
        // One statement may not meet a row twice, so the last word on each order counts.
        InStepsAsync([.. timeouts.GroupBy(t => t.OrderNo, StringComparer.Ordinal).Select(g => g.Last())], step => ExecuteAsync("schedule.sql",
            SqlFile.Json(step, (json, t) => { json.WriteStringValue(t.OrderNo); json.WriteNumberValue(t.DueAt.ToUnixTimeMilliseconds()); }), null, cancel));

    public Task UnscheduleAsync(IReadOnlyList<string> orderNos, CancellationToken cancel) =>
        InStepsAsync(orderNos, step => ExecuteAsync("unschedule.sql", SqlFile.Json(step), null, cancel));

    public async Task<ClaimedBatch> ClaimDueAsync(int max, TimeSpan lease, string owner, CancellationToken cancel)
    {
        var sentAt = time.GetTimestamp();
        var token = Guid.NewGuid().ToString("N");
        return await database.WriteIndexAsync(async db =>
        {
            await using var command = db.Command(Sql("claim_due.sql"),
                ("max", max), ("retries", Math.Max(1, max / 4)), ("lease", (long)lease.TotalMilliseconds), ("owner", owner), ("token", token), ("now", NowMs()));
            var (claims, rejected) = (new List<ClaimedTimeout>(max), new List<DeadTimeout>());
            DateTimeOffset? nextDueAt;
            DateTimeOffset storeNow;
            await using (var reader = await command.ExecuteReaderAsync(cancel))
            {
                while (await reader.ReadAsync(cancel)) rejected.Add(new DeadTimeout(reader.GetString(0), DeadLetterReasons.AbsurdScore, null));
                await reader.NextResultAsync(cancel);
                while (await reader.ReadAsync(cancel))
                    claims.Add(new ClaimedTimeout(reader.GetString(0), reader.Moment(1), token, reader.GetInt32(2), reader.GetInt32(3), reader.NullableString(4)));
                await reader.NextResultAsync(cancel);
                await reader.ReadAsync(cancel);
                (nextDueAt, storeNow) = (reader.NullableMoment(0), reader.Moment(1));
            }
            await BuryMalformedAsync(db, claims, rejected, token, cancel);
            // Oldest first, and neighbours in the database beside each other.
            claims.Sort((a, b) => a.DueAt != b.DueAt ? a.DueAt.CompareTo(b.DueAt) : string.CompareOrdinal(a.OrderNo, b.OrderNo));
            return new ClaimedBatch(claims, storeNow, nextDueAt, rejected, lease, sentAt);
        }, cancel);
    }

    public async Task<IReadOnlyList<ClaimedTimeout>> ExtendAsync(IReadOnlyList<ClaimedTimeout> claims, TimeSpan lease, CancellationToken cancel)
    {
        var held = new HashSet<string>(StringComparer.Ordinal);
        await InStepsAsync(claims, step => database.WriteIndexAsync(async db =>
        {
            var rows = SqlFile.Json(step, (json, claim) => { json.WriteStringValue(claim.OrderNo); json.WriteStringValue(claim.Token); });
            await using var command = db.Command(Sql("extend.sql"), ("rows", rows), ("lease", (long)lease.TotalMilliseconds), ("now", NowMs()));
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) held.Add(reader.GetString(0));
            return held.Count;
        }, cancel));
        return [.. claims.Where(c => !held.Contains(c.OrderNo))];
    }

    public async Task<int> ReleaseAsync(IReadOnlyList<ClaimRelease> releases, CancellationToken cancel)
    {
        var released = 0;
        await InStepsAsync(releases, async step => released += await database.WriteIndexAsync(async db =>
        {
            var changed = 0;
            foreach (var claim in step.GroupBy(r => r.Claim.Token))
            {
                changed += await EndAsync(db, "complete.sql", claim.Key,
                    SqlFile.Json(claim.Where(r => r.Verdict == ClaimVerdict.Complete).Select(r => r.Claim.OrderNo)), cancel);
                changed += await EndAsync(db, "put_back.sql", claim.Key,
                    SqlFile.Json(claim.Where(r => r.Verdict != ClaimVerdict.Complete), WritePutBack), cancel);
            }
            return changed;
        }, cancel));
        return releases.Count - released;
    }

    public Task<RecoveredClaims> RecoverExpiredAsync(int max, int maxCrashes, CancellationToken cancel) => database.WriteIndexAsync(async db =>
    {
        await using var command = db.Command(Sql("recover.sql"), ("max", max), ("max_crashes", maxCrashes), ("now", NowMs()));
        var (returned, dead) = (new List<string>(), new List<DeadTimeout>());
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            if ((QueueRowState)reader.GetInt32(1) == QueueRowState.Dead)
                dead.Add(new DeadTimeout(reader.GetString(0), DeadLetterReasons.Crashed, $"{reader.GetInt32(2)} claims ended without a release."));
            else
                returned.Add(reader.GetString(0));
        }
        return new RecoveredClaims(returned, dead);
    }, cancel);

    private async Task BuryMalformedAsync(OrdersDb db, List<ClaimedTimeout> claims, List<DeadTimeout> rejected, string token, CancellationToken cancel)
    {
        var malformed = claims.FindAll(c => !OrderNumber.IsValid(c.OrderNo));
        if (malformed.Count == 0) return;
        await EndAsync(db, "bury.sql", token, SqlFile.Json(malformed.Select(c => c.OrderNo)), cancel);
        claims.RemoveAll(c => !OrderNumber.IsValid(c.OrderNo));
        rejected.AddRange(malformed.Select(c => new DeadTimeout(c.OrderNo, DeadLetterReasons.Malformed, null)));
    }

    private async Task<int> EndAsync(OrdersDb db, string file, string token, string rows, CancellationToken cancel)
    {
        if (rows == "[]") return 0;
        await using var command = db.Command(Sql(file), ("rows", rows), ("token", token), ("now", NowMs()));
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private static void WritePutBack(System.Text.Json.Utf8JsonWriter json, ClaimRelease release)
    {
        var rescheduled = release.Verdict == ClaimVerdict.Reschedule;
        json.WriteStringValue(release.Claim.OrderNo);
        json.WriteNumberValue((int)(release.Verdict switch
        {
            ClaimVerdict.Reschedule => QueueRowState.Scheduled,
            ClaimVerdict.Retry => QueueRowState.Retrying,
            _ => QueueRowState.Dead,
        }));
        if (rescheduled) json.WriteNumberValue(release.DueAt.ToUnixTimeMilliseconds()); else json.WriteNullValue();
        json.WriteNumberValue((long)release.Delay.TotalMilliseconds);
        if (rescheduled) json.WriteNullValue(); else json.WriteNumberValue(release.CountsAsFailure ? 1 : 0);
        json.WriteStringValue(release.Reason);
        json.WriteStringValue(release.Detail);
    }

    private Task<int> ExecuteAsync(string file, string rows, string? token, CancellationToken cancel) => database.WriteIndexAsync(async db =>
    {
        await using DbCommand command = db.Command(Sql(file), ("rows", rows), ("token", token), ("now", NowMs()));
        return await command.ExecuteNonQueryAsync(cancel);
    }, cancel);

    private static async Task InStepsAsync<T>(IReadOnlyList<T> items, Func<T[], Task> step)
    {
        foreach (var chunk in items.Chunk(ITimeoutQueue.MaxEntriesPerCall)) await step(chunk);
    }

    private string Sql(string file) => SqlFile.Text(file, database.Provider);

    private long NowMs() => time.GetUtcNow().ToUnixTimeMilliseconds();
}

using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Audit;

/// <summary>Reads the audit from its first row to its last and computes each hash anew. Holds nothing up; a page of rows at a time.</summary>
public sealed class AuditVerifier(OrderDatabase database, AuditKeys keys, TimeProvider time)
{
    private const int PageSize = 5_000;

    private sealed record End(long Seq, string Hash, long LastRow);

    /// <param name="progress">Told after each page how many rows are read, and how many there are.</param>
    /// <param name="outside">An anchor from the log, to be compared with what the database says; null for none.</param>
    /// <exception cref="StoreUnavailableException">The database cannot answer.</exception>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancel, Action<long, long>? progress = null, AuditAnchor? outside = null)
    {
        var began = time.GetTimestamp();
        // Rows that come later are not looked at: those up to this end are there for good.
        var end = await EndAsync(cancel);
        var anchors = await database.ReadAsync(db => db.AuditAnchors.OrderBy(a => a.Seq).ToListAsync(cancel));
        if (outside is not null) anchors.Add(outside);
        var expected = anchors.ToLookup(a => a.Seq, a => a.Hash);
        var (seq, hash) = (0L, AuditChain.Beginning);
        while (seq < end.Seq)
        {
            var page = await PageAsync(seq, end.Seq, cancel);
            foreach (var row in page)
            {
                if (row.Seq != seq + 1) return Broken(AuditFault.Missing, seq + 1);
                if (keys.Find(row.KeyId) is not { } key) return Broken(AuditFault.UnknownKey, row.Seq);
                if (AuditChain.HashOf(row, hash, key) != row.Hash) return Broken(AuditFault.Changed, row.Seq);
                if (expected[row.Seq].Any(anchored => anchored != row.Hash)) return Broken(AuditFault.Rewritten, row.Seq);
                (seq, hash) = (row.Seq, row.Hash);
            }
            if (page.Count == 0) return Broken(AuditFault.CutOff, seq + 1);
            progress?.Invoke(seq, end.Seq);
        }
        // The head's row may have gone back together with the rows; an anchor has not.
        if (hash != end.Hash) return Broken(AuditFault.Changed, Math.Max(seq, 1));
        if (end.LastRow > end.Seq) return Broken(AuditFault.Added, end.Seq + 1);
        return anchors.Exists(a => a.Seq > seq) ? Broken(AuditFault.CutOff, seq + 1) : Verdict(null, null);

        AuditVerdict Broken(AuditFault fault, long at) => Verdict(fault, at);
        AuditVerdict Verdict(AuditFault? fault, long? at) => new(seq, anchors.Count(a => a.Seq <= seq), hash, time.GetElapsedTime(began), fault, at);
    }

    /// <summary>The head and the last row in one statement: an append between two would look like a row behind the end.</summary>
    private Task<End> EndAsync(CancellationToken cancel) => database.ReadAsync(async db =>
    {
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = db.Command("SELECT h.seq, h.hash, (SELECT max(seq) FROM audit) FROM audit_head AS h WHERE h.id = 1");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        // Without its head the chain ends where the rows end, as far as anybody can tell without anchors.
        return await reader.ReadAsync(cancel) ? new End(reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? 0 : reader.GetInt64(2)) : new End(0, "", 1);
    });

    private Task<List<AuditRow>> PageAsync(long after, long upTo, CancellationToken cancel) => database.ReadAsync(db =>
        db.Audit.Where(r => r.Seq > after && r.Seq <= upTo).OrderBy(r => r.Seq).Take(PageSize).ToListAsync(cancel));
}

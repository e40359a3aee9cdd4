using System.Globalization;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Audit;

/// <summary>
/// Writes the audit. A row stands in the same transaction as what it tells of: both are there or neither. Whoever appends
/// holds the chain's head until its commit, so appending comes last in a transaction.
/// </summary>
public sealed class AuditLog(OrderDatabase database, AuditKeys keys, TimeProvider time)
{
    private const int MaxText = 1_000;
    /// <summary>Of what stands in an index.</summary>
    private const int MaxName = 256;

    /// <summary>Appends within the caller's transaction, last.</summary>
    /// <exception cref="AuditKeyException">The chain goes on under a key that this console was not given; the transaction must not be committed.</exception>
    public async Task AppendAsync(OrdersDb db, AuditActor by, IReadOnlyList<AuditEntry> entries, CancellationToken cancel)
    {
        if (entries.Count == 0) return;
        var head = await HeadAsync(db, cancel);
        var key = keys.Current;
        if (head.KeyId is { } last && last != key.Id && keys.Find(last) is null) throw new AuditKeyException(last, key.Id);
        // The clock of a console may be set back; the order is that of the numbers.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var (rows, seq, hash) = (new List<AuditRow>(entries.Count), head.Seq, head.Hash);
        foreach (var entry in entries)
        {
            rows.Add(RowOf(++seq, hash, at, key, by, entry));
            hash = rows[^1].Hash;
        }
        await InsertAsync(db, rows, cancel);
        await using var command = db.Command("UPDATE audit_head SET seq = @seq, hash = @hash, key_id = @key WHERE id = 1", ("seq", seq), ("hash", hash), ("key", key.Id));
        await command.ExecuteNonQueryAsync(cancel);
    }

    public Task AppendAsync(OrdersDb db, AuditActor by, AuditEntry entry, CancellationToken cancel) => AppendAsync(db, by, [entry], cancel);

    /// <summary>Appends for itself: for what changes nothing else in the database, such as a refused sign-in.</summary>
    /// <exception cref="StoreUnavailableException">It is not written.</exception>
    public Task WriteAsync(AuditActor by, AuditEntry entry, CancellationToken cancel) => database.WriteAsync(async db =>
    {
        await AppendAsync(db, by, [entry], cancel);
        return 0;
    }, cancel);

    private async Task<AuditHead> HeadAsync(OrdersDb db, CancellationToken cancel)
    {
        await using var command = db.Command("SELECT seq, hash, key_id FROM audit_head WHERE id = 1" + (database.IsSqlite ? "" : " FOR UPDATE"));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        // Who deleted it would have the chain begin anew.
        return await reader.ReadAsync(cancel)
            ? new AuditHead { Seq = reader.GetInt64(0), Hash = reader.GetString(1), KeyId = reader.NullableString(2) }
            : throw new InvalidOperationException("The audit has lost its head row; docs/audit.md says what to do.");
    }

    private static AuditRow RowOf(long seq, string before, DateTimeOffset at, AuditKey key, AuditActor by, AuditEntry entry)
    {
        AuditRow Row(string hash) => new()
        {
            Seq = seq, At = at, Who = Clean(by.Who, MaxName) ?? "", Role = Clean(by.Role), Source = Clean(by.Source) ?? "", Address = Clean(by.Address), Credential = Clean(by.Credential),
            Action = Clean(entry.Action) ?? "", Target = Clean(entry.Target, MaxName), Before = Clean(entry.Before), After = Clean(entry.After), Reason = Clean(entry.Reason),
            Outcome = entry.Outcome, Code = Clean(entry.Code), OperationId = entry.OperationId, KeyId = key.Id, Hash = hash,
        };
        return Row(AuditChain.HashOf(Row(""), before, key));
    }

    private async Task InsertAsync(OrdersDb db, List<AuditRow> rows, CancellationToken cancel)
    {
        var json = SqlFile.Json(rows, (json, row) =>
        {
            json.WriteNumberValue(row.Seq);
            json.WriteNumberValue(row.At.ToUnixTimeMilliseconds());
            foreach (var text in new[] { row.Who, row.Role, row.Source, row.Address, row.Credential, row.Action, row.Target, row.Before, row.After, row.Reason })
                json.WriteStringValue(text);
            json.WriteNumberValue((int)row.Outcome);
            json.WriteStringValue(row.Code);
            if (row.OperationId is { } operation) json.WriteNumberValue(operation);
            else json.WriteNullValue();
            json.WriteStringValue(row.KeyId);
            json.WriteStringValue(row.Hash);
        });
        await using var command = db.Command(SqlFile.Text("insert_audit.sql", database.Provider), ("rows", json));
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>One line of whole characters: what is hashed is what any store gives back.</summary>
    private static string? Clean(string? text, int most = MaxText)
    {
        if (text is null) return null;
        if (text.Length > most) text = text[..(most - 1)] + "…";
        return text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format)
            ? string.Concat(text.EnumerateRunes().Select(r => System.Text.Rune.IsControl(r) || System.Text.Rune.GetUnicodeCategory(r) == UnicodeCategory.Format ? "\ufffd" : r.ToString()))
            : text;
    }
}

/// <summary>The audit's last row was signed with another key than this console has; two chains would come of it.</summary>
public sealed class AuditKeyException(string expected, string actual) : Exception(
    $"The audit's last row was signed with key {expected}, and this console has {actual}. Give all consoles the same Audit:Key; after a change of the key, the old one stands in Audit:OldKeys.");

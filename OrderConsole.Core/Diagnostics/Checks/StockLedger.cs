using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>
/// Whether the stock is what its ledger adds up to. The ledger grows for ever, so what was added up before is kept, for this
/// console and those that start later, and each run goes on from there, as long as its budget lasts; only when all is added
/// up is it compared.
/// </summary>
internal sealed class StockLedger(OrderDatabase database, TimeProvider time) : DiagnosisCheck, IDisposable
{
    private const int MovementsAtOnce = 50_000;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1.5);
    // Younger movements may still have an unfinished transaction with a smaller id beside them.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private Dictionary<string, Sums> _sums = new(StringComparer.Ordinal);
    private long _upTo;
    // Stands until everything was added up and compared again.
    private Finding? _fault;

    public override string Name => "stock_ledger";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_upTo == 0) await RememberAsync(cancel);
            var before = _upTo;
            var newest = await AddUpAsync(cancel);
            if (_upTo > before) await KeepAsync(cancel);
            if (newest - _upTo > MovementsAtOnce * 2)
            {
                var share = Fact.Percent("ledger_checked", (double)_upTo / newest);
                var partly = Found("ledger_partly", Severity.Notice, share);
                return (_fault is null ? new CheckResult([share], partly) : new CheckResult([share], _fault, partly)) with { IsPartial = true };
            }
            return await CompareAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <returns>The id of the newest movement.</returns>
    private async Task<long> AddUpAsync(CancellationToken cancel)
    {
        var startedAt = time.GetTimestamp();
        var settled = (await database.NowAsync(cancel) - Settled).ToUnixTimeMilliseconds();
        while (true)
        {
            var (from, sums, isSettled, newest) = (_upTo, new Dictionary<string, Sums>(_sums, StringComparer.Ordinal), true, 0L);
            await database.ReadRowsAsync("ledger_sums.sql", async reader =>
            {
                await reader.ReadAsync(cancel);
                newest = reader.GetInt64(0);
                await reader.NextResultAsync(cancel);
                while (await reader.ReadAsync(cancel))
                {
                    isSettled &= reader.GetInt64(4) < settled;
                    sums[reader.GetString(0)] = sums.GetValueOrDefault(reader.GetString(0)) + new Sums(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
                }
                return 0;
            }, cancel, ("from", from), ("until", from + MovementsAtOnce));
            // Only whole pages are remembered: the last one still grows.
            if (!isSettled || from + MovementsAtOnce > newest) return newest;
            (_upTo, _sums) = (from + MovementsAtOnce, sums);
            if (time.GetElapsedTime(startedAt) > Budget) return newest;
        }
    }

    private async Task<CheckResult> CompareAsync(CancellationToken cancel)
    {
        var (wrong, skus) = (new List<string>(), 0);
        await database.ReadRowsAsync("ledger_against_stock.sql", async reader =>
        {
            while (await reader.ReadAsync(cancel))
            {
                skus++;
                var (sku, stock) = (reader.GetString(0), new Sums(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
                if (_sums.GetValueOrDefault(sku) + new Sums(reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6)) is var ledger && ledger != stock) wrong.Add($"{sku}: {stock} ≠ {ledger}");
            }
            return 0;
        }, cancel, ("from", _upTo));
        if (wrong.Count > 0) await ForgetAsync(cancel);
        Fact[] facts = [Fact.Count("wrong_skus", wrong.Count), Fact.Count("skus", skus)];
        _fault = wrong.Count == 0 ? null
            : Found("stock_differs", Severity.Critical, facts) with { Amount = wrong.Count, Examples = [.. wrong.Take(Finding.MostExamples)] };
        return _fault is null ? new(facts) : new(facts, _fault);
    }

    private async Task RememberAsync(CancellationToken cancel)
    {
        if (await database.ReadAsync(db => db.LedgerCheckpoints.SingleOrDefaultAsync(cancel)) is not { } kept) return;
        (_upTo, _sums) = (kept.UpTo, new(JsonSerializer.Deserialize<Dictionary<string, Sums>>(kept.Sums)!, StringComparer.Ordinal));
    }

    private Task<int> KeepAsync(CancellationToken cancel) => database.WriteIndexAsync(async db =>
    {
        await using var command = db.Command(SqlFile.Text("keep_ledger_checkpoint.sql", database.Provider), ("up_to", _upTo), ("sums", JsonSerializer.Serialize(_sums)));
        return await command.ExecuteNonQueryAsync(cancel);
    }, cancel);

    /// <summary>What was kept could be the fault itself; the next run adds everything up again.</summary>
    private async Task ForgetAsync(CancellationToken cancel)
    {
        (_upTo, _sums) = (0, new(StringComparer.Ordinal));
        await database.WriteIndexAsync(db => db.LedgerCheckpoints.ExecuteDeleteAsync(cancel), cancel);
    }

    private readonly record struct Sums(long Available, long Reserved, long Sold)
    {
        public static Sums operator +(Sums a, Sums b) => new(a.Available + b.Available, a.Reserved + b.Reserved, a.Sold + b.Sold);

        public override string ToString() => FormattableString.Invariant($"{Available}/{Reserved}/{Sold}");
    }
}

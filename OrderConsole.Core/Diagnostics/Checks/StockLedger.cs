using OrderConsole.Core.Data;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>
/// Whether the stock is what its ledger adds up to. The ledger grows for ever, so what was added up before is remembered
/// and each run goes on from there, as long as its budget lasts; only when all is added up is it compared.
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

    public override string Name => "stock_ledger";

    public override async Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var newest = await AddUpAsync(cancel);
            if (newest - _upTo > MovementsAtOnce * 2)
            {
                var share = Fact.Percent("ledger_checked", (double)_upTo / newest);
                return new([share], Found("ledger_partly", Severity.Notice, share));
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
        // What was remembered could be the fault itself; the next run adds everything up again.
        if (wrong.Count > 0) (_upTo, _sums) = (0, new(StringComparer.Ordinal));
        Fact[] facts = [Fact.Count("wrong_skus", wrong.Count), Fact.Count("skus", skus)];
        return wrong.Count == 0 ? new(facts) : new(facts,
            Found("stock_differs", Severity.Critical, facts) with { Amount = wrong.Count, Examples = [.. wrong.Take(Finding.MostExamples)] });
    }

    private readonly record struct Sums(long Available, long Reserved, long Sold)
    {
        public static Sums operator +(Sums a, Sums b) => new(a.Available + b.Available, a.Reserved + b.Reserved, a.Sold + b.Sold);

        public override string ToString() => FormattableString.Invariant($"{Available}/{Reserved}/{Sold}");
    }
}

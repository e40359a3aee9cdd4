using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Diagnostics;

/// <summary>How far a run is.</summary>
public sealed record DiagnosisProgress(int Done, int Total);

/// <summary>
/// Looks at everything there is a check for, says what it found and keeps the report. It changes nothing else. Whoever
/// asks while a run is under way on this console gets that run's report.
/// </summary>
public sealed partial class DiagnosisRunner
{
    /// <summary>A check did not get to its end; the facts say why.</summary>
    public const string CouldNotLook = "could_not_look";

    /// <summary>A check was not over in time.</summary>
    public const string TookTooLong = "took_too_long";

    // More would hold the stores up for others; fewer would take too long.
    private const int AtOnce = 4;
    private static readonly TimeSpan SavePatience = TimeSpan.FromSeconds(3);

    private readonly IReadOnlyList<DiagnosisCheck> _checks;
    private readonly DiagnosisSources _sources;
    private readonly DiagnosisStore _store;
    private readonly IOptions<DiagnosisOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DiagnosisRunner> _logger;
    private readonly Lock _gate = new();
    private SharedRun? _running;

    internal DiagnosisRunner(
        IEnumerable<DiagnosisCheck> checks, DiagnosisSources sources, DiagnosisStore store, IOptions<DiagnosisOptions> options, TimeProvider time, ILogger<DiagnosisRunner> logger) =>
        (_checks, _sources, _store, _options, _time, _logger) = ([.. checks], sources, store, options, time, logger);

    /// <summary>How far the present run is, or null while none is under way.</summary>
    public DiagnosisProgress? Progress { get; private set; }

    /// <summary>Raised with each step of a run and at its end.</summary>
    public event Action? Changed;

    /// <summary>The names of all checks that apply here, in the order of reports.</summary>
    public IReadOnlyList<string> Checks => [.. _checks.Where(c => c.Applies).Select(c => c.Name)];

    /// <param name="cancel">Ends the waiting; the run itself ends when nobody waits for it any more.</param>
    public async Task<DiagnosisReport> RunAsync(DiagnosisTrigger trigger, CancellationToken cancel)
    {
        SharedRun run;
        lock (_gate)
        {
            if (_running is null or { IsOver: true })
            {
                var mine = new SharedRun();
                mine.Task = Task.Run(() => RunSharedAsync(mine, trigger), CancellationToken.None);
                _running = mine;
            }
            run = _running;
            run.Waiting++;
        }
        try
        {
            return await run.Task.WaitAsync(cancel);
        }
        finally
        {
            lock (_gate) if (--run.Waiting == 0) run.Cancel();
        }
    }

    /// <summary>One check alone, with nothing kept: for tests.</summary>
    internal async Task<(CheckRun Run, IReadOnlyList<Finding> Findings)> RunCheckAsync(string name, DiagnosisReport? previous, CancellationToken cancel) =>
        await RunCheckAsync(_checks.Single(c => c.Name == name), new DiagnosisLook(previous, _sources, cancel), cancel);

    private async Task<DiagnosisReport> RunSharedAsync(SharedRun run, DiagnosisTrigger trigger)
    {
        try
        {
            return await RunOnceAsync(trigger, run.Stop);
        }
        finally
        {
            lock (_gate) run.Dispose();
            Tell(null);
        }
    }

    private async Task<DiagnosisReport> RunOnceAsync(DiagnosisTrigger trigger, CancellationToken cancel)
    {
        var (at, startedAt) = (_time.GetUtcNow(), _time.GetTimestamp());
        var previous = await PreviousAsync(cancel);
        var results = await RunChecksAsync(new DiagnosisLook(previous, _sources, cancel, trigger), cancel);
        var partial = results.Where(r => r.Run.IsPartial).Select(r => r.Run.Check).ToHashSet(StringComparer.Ordinal);
        var found = DiagnosisComparison.Compared(results.SelectMany(r => r.Findings), previous, partial);
        return await SavedAsync(new DiagnosisReport
        {
            At = at, Trigger = trigger, Node = Node.ThisProcess.Name, Score = DiagnosisReport.ScoreOf(found), Milliseconds = Elapsed(startedAt),
            Findings = found, Gone = DiagnosisComparison.Gone(found, previous, partial), Checks = [.. results.Select(r => r.Run)],
            ComparedWith = previous?.Id, ComparedWithAt = previous?.At,
        }, cancel);
    }

    private async Task<(CheckRun Run, IReadOnlyList<Finding> Findings)[]> RunChecksAsync(DiagnosisLook look, CancellationToken cancel)
    {
        var checks = _checks.Where(c => c.Applies).ToArray();
        var (results, done) = (new (CheckRun, IReadOnlyList<Finding>)[checks.Length], 0);
        Tell(new(0, checks.Length));
        await Parallel.ForEachAsync(Enumerable.Range(0, checks.Length), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, stop) =>
        {
            results[i] = await RunCheckAsync(checks[i], look, stop);
            Tell(new(Interlocked.Increment(ref done), checks.Length));
        });
        return results;
    }

    private async Task<(CheckRun, IReadOnlyList<Finding>)> RunCheckAsync(DiagnosisCheck check, DiagnosisLook look, CancellationToken cancel)
    {
        var startedAt = _time.GetTimestamp();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        CheckResult result;
        try
        {
            // A call that ignores its token is left behind at the limit.
            result = await Task.Run(() => check.LookAsync(look, ending.Token), ending.Token).WaitAsync(_options.Value.CheckTimeout, _time, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (e is not (StoreUnavailableException or TimeoutException)) LogFailed(e, check.Name);
            result = new([], e is TimeoutException
                ? new Finding(check.Name, TookTooLong, Severity.Warning, [Fact.Span("limit", _options.Value.CheckTimeout)])
                : new Finding(check.Name, CouldNotLook, Severity.Warning, [Fact.Words("reason", LogText.OneLine(e.Message))])) { IsPartial = true };
        }
        await ending.CancelAsync();
        var worst = result.Findings.Count == 0 ? Severity.Good : result.Findings.Max(f => f.Severity);
        return (new CheckRun(check.Name, worst, Elapsed(startedAt), result.Facts, result.IsPartial), result.Findings);
    }

    private async Task<DiagnosisReport?> PreviousAsync(CancellationToken cancel)
    {
        try
        {
            return await _store.LatestAsync(cancel).WaitAsync(SavePatience, _time, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            LogNotRead(e.Message);
            return null;
        }
    }

    /// <summary>A report that can not be kept is worth as much as one that can.</summary>
    private async Task<DiagnosisReport> SavedAsync(DiagnosisReport report, CancellationToken cancel)
    {
        try
        {
            return await _store.SaveAsync(report, cancel).WaitAsync(SavePatience, _time, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            LogNotKept(e.Message);
            return report;
        }
    }

    private double Elapsed(long startedAt) => Math.Round(_time.GetElapsedTime(startedAt).TotalMilliseconds, 1);

    private void Tell(DiagnosisProgress? progress)
    {
        Progress = progress;
        Changed?.Invoke();
    }

    [LoggerMessage(150, LogLevel.Error, "The check {Check} failed")]
    private partial void LogFailed(Exception error, string check);

    [LoggerMessage(151, LogLevel.Information, "The last diagnosis could not be read, so there is nothing to compare with: {Why}")]
    private partial void LogNotRead(string why);

    [LoggerMessage(152, LogLevel.Warning, "A diagnosis could not be kept: {Why}")]
    private partial void LogNotKept(string why);

    /// <summary>A run and how many wait for it; touched under the gate.</summary>
    private sealed class SharedRun : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        public Task<DiagnosisReport> Task { get; set; } = null!;
        public int Waiting { get; set; }
        /// <summary>Nobody can join any more.</summary>
        public bool IsOver { get; private set; }
        public CancellationToken Stop => _stop.Token;

        public void Cancel()
        {
            if (IsOver) return;
            IsOver = true;
            _ = _stop.CancelAsync();
        }

        public void Dispose()
        {
            IsOver = true;
            _stop.Dispose();
        }
    }
}

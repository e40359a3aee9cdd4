using OrderConsole.Core.Data;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Telemetry;

/// <summary>All live nodes' totals added up; of the lateness the worst node's, null when none cancelled anything in the last minute.</summary>
/// <param name="At">The database's clock at the reading.</param>
/// <param name="NewestEvent">The id of the latest change of any order; 0 when there is none.</param>
/// <param name="UndecidedPayments">Late and duplicate payments that nobody has decided about.</param>
/// <param name="WaitingOperations">Operations that wait for a second person.</param>
/// <param name="Pause">Who paused the processing; null while it runs.</param>
public sealed record ClusterFigures(
    DateTimeOffset At, long NewestEvent, long UndecidedPayments, ProcessingPause? Pause, IReadOnlyList<NodeRow> Nodes, long WaitingOperations = 0)
{
    public long LockAttempts { get; } = Nodes.Sum(n => n.LockAttempts);
    public long LocksLost { get; } = Nodes.Sum(n => n.LocksLost);
    public long Cancelled { get; } = Nodes.Sum(n => n.Cancelled);
    public double? LatenessP50 { get; } = Nodes.Max(n => n.LatenessP50);
    public double? LatenessP95 { get; } = Nodes.Max(n => n.LatenessP95);
    public double? LatenessP99 { get; } = Nodes.Max(n => n.LatenessP99);
    /// <summary>Orders a second that the live nodes last worked off while there was always more to do; null until measured.</summary>
    public double? DrainPerSecond { get; } = Nodes.Any(n => n.DrainPerSecond is not null) ? Nodes.Sum(n => n.DrainPerSecond ?? 0) : null;
}

/// <summary>Reads what every node has written of itself, and what else is looked at every second: one round trip.</summary>
public sealed class ClusterTotals(OrderDatabase database)
{
    /// <summary>A node that has not been seen for this long is not live.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    public Task<ClusterFigures> ReadAsync(CancellationToken cancel) => database.ReadRowsAsync("cluster.sql", async reader =>
    {
        await reader.ReadAsync(cancel);
        var (at, newest, undecided, waiting) = (reader.Moment(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        await reader.NextResultAsync(cancel);
        var pause = await reader.ReadAsync(cancel)
            ? new ProcessingPause { Id = reader.GetInt32(0), At = reader.Moment(1), By = reader.GetString(2), Reason = reader.GetString(3) }
            : null;
        await reader.NextResultAsync(cancel);
        var nodes = new List<NodeRow>();
        while (await reader.ReadAsync(cancel)) nodes.Add(NodeRow.Read(reader));
        return new ClusterFigures(at, newest, undecided, pause, nodes, waiting);
    }, cancel, ("silence", (long)Silence.TotalMilliseconds));
}

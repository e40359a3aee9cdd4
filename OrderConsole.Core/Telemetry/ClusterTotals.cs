using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Telemetry;

/// <summary>All live nodes' totals added up; of the lateness the worst node's.</summary>
public sealed record ClusterFigures(
    long Claimed, long Cancelled, long LockAttempts, long LocksLost, long Failed,
    double LatenessP50, double LatenessP95, double LatenessP99, IReadOnlyList<NodeRow> Nodes);

/// <summary>Reads what every node has written of itself.</summary>
public sealed class ClusterTotals(OrderDatabase database)
{
    /// <summary>A node that has not been seen for this long is not live.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    public async Task<ClusterFigures> ReadAsync(CancellationToken cancel)
    {
        var oldest = await database.NowAsync(cancel) - Silence;
        var nodes = await database.ReadAsync(db => db.Nodes.Where(n => n.SeenAt > oldest).OrderBy(n => n.Name).ToListAsync(cancel));
        return new ClusterFigures(
            nodes.Sum(n => n.Claimed), nodes.Sum(n => n.Cancelled), nodes.Sum(n => n.LockAttempts), nodes.Sum(n => n.LocksLost), nodes.Sum(n => n.Failed),
            nodes.Max(n => (double?)n.LatenessP50) ?? 0, nodes.Max(n => (double?)n.LatenessP95) ?? 0, nodes.Max(n => (double?)n.LatenessP99) ?? 0, nodes);
    }
}

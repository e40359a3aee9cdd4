using System.Data.Common;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Telemetry;

/// <summary>A node's sign of life, written once a second, with its running totals since it started.</summary>
public sealed class NodeRow
{
    public string Name { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    /// <summary>By the database's clock, as are the other moments but <see cref="ClockAt"/>.</summary>
    public DateTimeOffset SeenAt { get; init; }
    /// <summary>When its poller last finished a round, or null when it has not yet.</summary>
    public DateTimeOffset? PolledAt { get; init; }
    /// <summary>What its own clock said at <see cref="SeenAt"/>; null in rows of consoles that did not write it.</summary>
    public DateTimeOffset? ClockAt { get; init; }
    public long Claimed { get; init; }
    public long Cancelled { get; init; }
    public long LockAttempts { get; init; }
    public long LocksLost { get; init; }
    public long Failed { get; init; }
    /// <summary>Due to committed over the last minute, in milliseconds; null when nothing was cancelled in it.</summary>
    public double? LatenessP50 { get; init; }
    public double? LatenessP95 { get; init; }
    public double? LatenessP99 { get; init; }
    /// <summary>Orders a second that it last worked off while batches came back full; null until it had that much to do.</summary>
    public double? DrainPerSecond { get; init; }

    /// <summary>A row as <c>cluster.sql</c> has it.</summary>
    internal static NodeRow Read(DbDataReader reader) => new()
    {
        Name = reader.GetString(0), StartedAt = reader.Moment(1), SeenAt = reader.Moment(2), PolledAt = reader.NullableMoment(3),
        Claimed = reader.GetInt64(4), Cancelled = reader.GetInt64(5), LockAttempts = reader.GetInt64(6), LocksLost = reader.GetInt64(7), Failed = reader.GetInt64(8),
        LatenessP50 = Number(reader, 9), LatenessP95 = Number(reader, 10), LatenessP99 = Number(reader, 11), DrainPerSecond = Number(reader, 12), ClockAt = reader.NullableMoment(13),
    };

    private static double? Number(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);
}

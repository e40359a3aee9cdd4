using System.Data.Common;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Telemetry;

/// <summary>How far back a chart looks, and how fine; at most about 300 spans.</summary>
/// <param name="Name">As it stands in an address.</param>
/// <param name="Resolution">Of the samples it is made of, in seconds.</param>
/// <param name="Step">The length of one of its spans, in seconds.</param>
public sealed record SampleRange(string Name, TimeSpan Length, int Resolution, int Step)
{
    public static IReadOnlyList<SampleRange> All { get; } =
    [
        new("10m", TimeSpan.FromMinutes(10), SampleStore.Shortest, 10),
        new("1h", TimeSpan.FromHours(1), SampleStore.Shortest, 20),
        new("24h", TimeSpan.FromHours(24), SampleStore.Minute, 300),
        new("7d", TimeSpan.FromDays(7), SampleStore.Hour, 3600),
    ];
}

/// <summary>One span of a chart: the highest of each figure, and how much was cancelled a second.</summary>
/// <param name="OldestOverdue">In seconds.</param>
/// <param name="LatenessP50">In milliseconds, as the other two; null when nothing was cancelled.</param>
public sealed record SampleSpan(
    DateTimeOffset At, double CancelledPerSecond, long? ExpiredPending, double? OldestOverdue, long? QueueSize,
    double? LatenessP50, double? LatenessP95, double? LatenessP99)
{
    /// <summary>A row as <c>samples.sql</c> has it.</summary>
    internal static SampleSpan Read(DbDataReader reader) => new(
        reader.Moment(0), Math.Round(Whole(reader, 2)!.Value / (double)Math.Max(1, Whole(reader, 1)!.Value), 2),
        Whole(reader, 3), Real(reader, 4), Whole(reader, 5), Real(reader, 6), Real(reader, 7), Real(reader, 8));

    // PostgreSQL's sum of bigint is a numeric.
    private static long? Whole(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : Convert.ToInt64(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture);

    private static double? Real(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);
}

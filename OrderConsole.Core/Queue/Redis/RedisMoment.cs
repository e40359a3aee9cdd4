using System.Globalization;
using StackExchange.Redis;

namespace OrderConsole.Core.Queue.Redis;

/// <summary>Moments as the queue's scores have them: Unix seconds, milliseconds as fraction.</summary>
internal static class RedisMoment
{
    /// <summary>Rounded up to the millisecond, so that nothing falls due before its moment.</summary>
    public static string Text(DateTimeOffset moment)
    {
        var ticks = moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var milliseconds = (ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000}.{milliseconds % 1000:000}");
    }

    /// <summary>A foreign program may have written any number, infinity too: what no calendar has becomes its first or last day.</summary>
    public static DateTimeOffset Parse(string score)
    {
        var seconds = score switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.Parse(score, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        if (seconds <= DateTimeOffset.MinValue.ToUnixTimeSeconds()) return DateTimeOffset.MinValue;
        if (seconds >= DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return DateTimeOffset.MaxValue;
        return DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000));
    }

    public static DateTimeOffset? ParseOrNull(string? score) => string.IsNullOrEmpty(score) ? null : Parse(score);

    public static RedisValue Milliseconds(TimeSpan span) => (long)Math.Ceiling(span.TotalMilliseconds);
}

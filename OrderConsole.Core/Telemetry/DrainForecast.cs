namespace OrderConsole.Core.Telemetry;

/// <summary>What the next two hours bring.</summary>
/// <param name="PeakAt">The beginning of the minute in which most fall due; null when nothing does.</param>
/// <param name="PeakDue">How many fall due in that minute.</param>
/// <param name="Late">How long after its deadline the latest order is cancelled; null while the speed is not known.</param>
/// <param name="TimeToEmpty">Until nothing due is left; null without a backlog, while the speed is not known, and when two hours do not suffice.</param>
public sealed record Forecast(DateTimeOffset? PeakAt, long PeakDue, TimeSpan? Late, TimeSpan? TimeToEmpty)
{
    /// <summary>Whether every order is cancelled within a minute of its deadline; null while the speed is not known.</summary>
    public bool? IsOnTime => Late is { } late ? late < TimeSpan.FromMinutes(1) : null;
}

/// <summary>
/// Sets what falls due against the speed at which it is worked off, first in, first out. Within a minute orders are taken
/// to fall due evenly: the forecast is right to about a minute.
/// </summary>
public static class DrainForecast
{
    private static readonly TimeSpan Bucket = TimeSpan.FromMinutes(1);

    /// <param name="duePerMinute">How many fall due in each minute from <paramref name="now"/> on.</param>
    /// <param name="backlog">How many are due already.</param>
    /// <param name="perSecond">The drain speed; null or zero when it is not known.</param>
    public static Forecast Make(DateTimeOffset now, IReadOnlyList<long> duePerMinute, long backlog, double? perSecond)
    {
        var peak = duePerMinute.Count == 0 ? 0 : duePerMinute.Max();
        var peakAt = peak == 0 ? (DateTimeOffset?)null : now + (Bucket * duePerMinute.TakeWhile(due => due < peak).Count());
        if (perSecond is not > 0) return new(peakAt, peak, null, null);

        var (waiting, longest) = ((double)backlog, backlog / perSecond.Value);
        TimeSpan? empty = null;
        for (var minute = 0; minute < duePerMinute.Count; minute++)
        {
            var growth = duePerMinute[minute] - (perSecond.Value * Bucket.TotalSeconds);
            if (backlog > 0 && empty is null && waiting + growth <= 0) empty = Bucket * (minute + (waiting / -growth));
            waiting = Math.Max(0, waiting + growth);
            longest = Math.Max(longest, waiting / perSecond.Value);
        }
        return new(peakAt, peak, TimeSpan.FromSeconds(Math.Min(longest, TimeSpan.FromDays(365).TotalSeconds)), empty);
    }
}

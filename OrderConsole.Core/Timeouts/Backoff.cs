namespace OrderConsole.Core.Timeouts;

/// <summary>How long to wait before the next attempt.</summary>
internal static class Backoff
{
    /// <summary>Doubles with each failure up to <paramref name="longest"/>, then jitter, so that a crowd does not come back at once.</summary>
    /// <param name="failures">From 1.</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        var doubled = first * Math.Pow(2, Math.Min(failures - 1, 30));
        return Jittered(doubled < longest ? doubled : longest);
    }

    /// <summary>Between 75 % and 125 % of <paramref name="delay"/>.</summary>
    public static TimeSpan Jittered(TimeSpan delay) => delay * (0.75 + Random.Shared.NextDouble() / 2);
}

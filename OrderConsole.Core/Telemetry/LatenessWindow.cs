namespace OrderConsole.Core.Telemetry;

/// <summary>Lateness of the last minute as percentiles, from buckets that grow by a tenth: right to within 10 %.</summary>
public sealed class LatenessWindow(TimeProvider time)
{
    private const int Seconds = 60;
    private const int Buckets = 160;
    private const double Growth = 1.1;

    private readonly Lock _gate = new();
    private readonly int[][] _counts = [.. Enumerable.Range(0, Seconds).Select(_ => new int[Buckets])];
    private readonly long[] _second = new long[Seconds];

    public void Add(TimeSpan lateness)
    {
        var bucket = BucketOf(lateness.TotalMilliseconds);
        lock (_gate) CountsOf(Now())[bucket]++;
    }

    /// <summary>The given quantiles (0 to 1) in milliseconds; null when nothing was cancelled within the last minute.</summary>
    public double?[] Quantiles(params ReadOnlySpan<double> quantiles)
    {
        var sum = new long[Buckets];
        lock (_gate)
        {
            var now = Now();
            for (var i = 0; i < Seconds; i++)
                if (now - _second[i] < Seconds)
                    for (var b = 0; b < Buckets; b++) sum[b] += _counts[i][b];
        }
        var total = sum.Sum();
        var results = new double?[quantiles.Length];
        for (var i = 0; i < quantiles.Length; i++) results[i] = Quantile(sum, total, quantiles[i]);
        return results;
    }

    private static double? Quantile(long[] sum, long total, double quantile)
    {
        if (total == 0) return null;
        var rank = (long)Math.Ceiling(total * quantile);
        for (var b = 0; b < Buckets; b++)
            if ((rank -= sum[b]) <= 0) return Math.Pow(Growth, b);
        return Math.Pow(Growth, Buckets);
    }

    private int[] CountsOf(long second)
    {
        var slot = (int)(second % Seconds);
        if (_second[slot] != second)
        {
            Array.Clear(_counts[slot]);
            _second[slot] = second;
        }
        return _counts[slot];
    }

    private static int BucketOf(double milliseconds) =>
        milliseconds <= 1 ? 0 : Math.Min(Buckets - 1, (int)Math.Ceiling(Math.Log(milliseconds, Growth)));

    private long Now() => time.GetTimestamp() / time.TimestampFrequency + Seconds;
}

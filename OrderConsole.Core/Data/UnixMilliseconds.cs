namespace OrderConsole.Core.Data;

/// <summary>How moments are stored in both databases.</summary>
public static class UnixMilliseconds
{
    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The moment, or the nearest one that the calendar has.</summary>
    public static DateTimeOffset ToMoment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, First, Last));
}

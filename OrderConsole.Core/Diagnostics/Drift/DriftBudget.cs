namespace OrderConsole.Core.Diagnostics.Drift;

/// <summary>How long a comparison may still take; asked between two pages.</summary>
internal sealed class DriftBudget(TimeSpan budget, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();

    public TimeSpan Taken => time.GetElapsedTime(_startedAt);
    public bool IsSpent => Taken > budget;
}

using System.Globalization;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>
/// How far a run is: a stable word with its numbers, such as <c>checks 14 31</c>. So it stands in the store, and each page
/// says it in its own language.
/// </summary>
internal static class JobProgress
{
    /// <summary>Diagnosis: checks that are done, of so many.</summary>
    public const string Checks = "checks";
    /// <summary>Drain: orders taken so far.</summary>
    public const string Taken = "taken";
    /// <summary>Reconcile: orders and entries compared so far.</summary>
    public const string Compared = "compared";
    /// <summary>Recover: claims taken back so far.</summary>
    public const string Recovered = "recovered";
    /// <summary>Sweep: differences mended, of so many.</summary>
    public const string Mended = "mended";
    /// <summary>Lock clean-up: locks looked after, of so many.</summary>
    public const string Locks = "locks";
    /// <summary>Metrics: figures are being condensed, then old ones deleted.</summary>
    public const string Condensing = "condensing", Deleting = "deleting";
    /// <summary>Prune: what is being deleted.</summary>
    public const string Keys = "keys", Unlocks = "unlocks", Receipts = "receipts";
    /// <summary>Upkeep: what is being looked after.</summary>
    public const string Statistics = "statistics", Log = "log";

    /// <summary>Every word, with how many numbers follow it.</summary>
    public static IReadOnlyDictionary<string, int> All { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        [Checks] = 2, [Taken] = 1, [Compared] = 2, [Recovered] = 1, [Mended] = 2, [Locks] = 2, [Condensing] = 0, [Deleting] = 0,
        [Keys] = 0, [Unlocks] = 0, [Receipts] = 0, [Statistics] = 0, [Log] = 0,
    };

    /// <param name="percent">0 to 99; 0 where nobody knows how much there is to do.</param>
    public static void Tell(this IJobExecutionContext context, long percent, string word, params ReadOnlySpan<long> numbers)
    {
        var said = word;
        foreach (var number in numbers) said += " " + number.ToString(CultureInfo.InvariantCulture);
        context.ReportProgress((int)Math.Clamp(percent, 0, 99), said);
    }

    /// <summary>Reads what <see cref="Tell"/> wrote; false for what another version of the console says in its own way.</summary>
    public static bool TryRead(string message, out string word, out long[] numbers)
    {
        var parts = message.Split(' ');
        (word, numbers) = (parts[0], new long[parts.Length - 1]);
        if (!All.TryGetValue(word, out var count) || count != numbers.Length) return false;
        for (var i = 0; i < count; i++)
            if (!long.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return false;
        return true;
    }
}

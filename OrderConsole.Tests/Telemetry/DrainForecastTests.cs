using OrderConsole.Core.Telemetry;

namespace OrderConsole.Tests.Telemetry;

public sealed class DrainForecastTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, int[], long, double?, int?, long, double?, double?> Table => new()
    {
        // what it is | due per minute | backlog | orders a second | peak minute | due then | latest, min | empty in, min
        { "nothing is due", [0, 0, 0], 0, 100, null, 0, 0, null },
        { "no minute is asked for", [], 0, 100, null, 0, 0, null },
        { "not measured yet", [10, 41_000, 0], 500, null, 1, 41_000, null, null },
        { "a speed of nothing is none", [10, 20], 0, 0.0, 1, 20, null, null },
        { "all on time", [10, 41_000, 0], 0, 1_000, 1, 41_000, 0, null },
        { "just as fast as they come", [6_000, 6_000], 0, 100, 0, 6_000, 0, null },
        { "the first of equal peaks", [5, 7, 7], 0, 100, 1, 7, 0, null },
        { "a minute's work more than a minute brings", [12_000, 0], 0, 100, 0, 12_000, 1, null },
        { "six minutes late", [42_000, 0, 0, 0, 0, 0, 0, 0], 0, 100, 0, 42_000, 6, null },
        { "late adds up over two peaks", [12_000, 12_000, 0], 0, 100, 0, 12_000, 2, null },
        { "a pause between two peaks lets it recover", [12_000, 0, 12_000], 0, 100, 0, 12_000, 1, null },
        { "a backlog alone", [0, 0, 0], 9_000, 100, null, 0, 1.5, 1.5 },
        { "a backlog while more comes", [3_000, 3_000, 3_000, 3_000], 6_000, 100, 0, 3_000, 1, 2 },
        { "a backlog that grows", [9_000, 9_000], 6_000, 100, 0, 9_000, 2, null },
        { "a backlog that only just goes", [0], 6_000, 100, null, 0, 1, 1 },
        { "a speed of a crawl", [1], 1_000_000_000, 0.001, 0, 1, 525_600, null },
    };

    [Theory, MemberData(nameof(Table))]
    public void Tells(string what, int[] due, long backlog, double? speed, int? peak, long peakDue, double? late, double? empty)
    {
        var forecast = DrainForecast.Make(Now, [.. due.Select(d => (long)d)], backlog, speed);

        forecast.PeakAt.ShouldBe(peak is { } minute ? Now.AddMinutes(minute) : null, what);
        forecast.PeakDue.ShouldBe(peakDue, what);
        forecast.Late?.TotalMinutes.ShouldBe(late!.Value, 0.001, what);
        (forecast.Late is null).ShouldBe(late is null, what);
        forecast.TimeToEmpty?.TotalMinutes.ShouldBe(empty!.Value, 0.001, what);
        (forecast.TimeToEmpty is null).ShouldBe(empty is null, what);
        forecast.IsOnTime.ShouldBe(late is { } minutes ? minutes < 1 : null, what);
    }
}

using OrderConsole.Core.Telemetry;
using OrderConsole.Live;

namespace OrderConsole.Tests.Live;

public sealed class RateMeterTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private readonly RateMeter _meter = new();

    [Fact]
    public void A_rate_is_the_growth_between_two_heartbeats()
    {
        _meter.Measure([Node("a", 10, 100)]);
        _meter.Measure([Node("a", 12, 300)]).CancelledPerSecond.ShouldBe(100);
        _meter.Measure([Node("a", 12, 300)]).CancelledPerSecond.ShouldBe(100, "no new heartbeat, no new rate");
        _meter.Measure([Node("a", 13, 300)]).CancelledPerSecond.ShouldBe(0);
    }

    [Fact]
    public void A_node_that_leaves_takes_its_rate_with_it_and_not_its_total()
    {
        _meter.Measure([Node("a", 10, 1_000_000), Node("b", 10, 0)]);
        _meter.Measure([Node("a", 11, 1_000_050), Node("b", 11, 5)]).CancelledPerSecond.ShouldBe(55);
        _meter.Measure([Node("b", 12, 10)]).CancelledPerSecond.ShouldBe(5);
        _meter.Measure([]).CancelledPerSecond.ShouldBe(0);
    }

    [Fact]
    public void A_node_met_for_the_first_time_counts_with_its_mean_since_it_started() =>
        _meter.Measure([Node("a", 10, 100)]).CancelledPerSecond.ShouldBe(10);

    private static NodeRow Node(string name, int second, long cancelled) => new() { Name = name, StartedAt = Start, SeenAt = Start.AddSeconds(second), Cancelled = cancelled };
}

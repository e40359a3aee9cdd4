using OrderConsole.Core.Telemetry;

namespace OrderConsole.Tests.Telemetry;

public sealed class EventCounterTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private readonly EventCounter _counter = new();

    [Fact]
    public void The_first_look_has_nothing_to_compare_with() => Cancelled(0, Node("a", 0, 500)).ShouldBeNull();

    [Fact]
    public void What_all_consoles_did_since_the_last_look_is_added_up()
    {
        Cancelled(0, Node("a", -100, 500), Node("b", -100, 70));
        Cancelled(10, Node("a", -100, 530), Node("b", -100, 72)).ShouldBe(32);
        Cancelled(20, Node("a", -100, 530), Node("b", -100, 72)).ShouldBe(0);
    }

    [Fact]
    public void A_console_that_started_meanwhile_adds_all_that_it_did()
    {
        Cancelled(0, Node("a", -100, 500));
        Cancelled(10, Node("a", -100, 500), Node("new", 4, 60)).ShouldBe(60);
    }

    [Fact]
    public void A_console_that_was_silent_does_not_add_its_whole_past()
    {
        Cancelled(0, Node("a", -100, 500));
        Cancelled(10, Node("a", -100, 500), Node("was silent", -3_000, 90_000)).ShouldBe(0);
        Cancelled(20, Node("a", -100, 500), Node("was silent", -3_000, 90_005)).ShouldBe(5);
    }

    [Fact]
    public void A_console_that_is_gone_takes_nothing_back()
    {
        Cancelled(0, Node("a", -100, 500), Node("b", -100, 70));
        Cancelled(10, Node("a", -100, 501)).ShouldBe(1);
    }

    private long? Cancelled(int second, params NodeRow[] nodes) => _counter.Since(Start.AddSeconds(second), nodes)?.Cancelled;

    private static NodeRow Node(string name, int startedAt, long cancelled) => new() { Name = name, StartedAt = Start.AddSeconds(startedAt), Cancelled = cancelled };
}

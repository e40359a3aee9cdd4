using OrderConsole.Components.Orders;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;

namespace OrderConsole.Tests.Components;

public sealed class OrderTimelineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly DateTimeOffset Due = Start + Window;

    private readonly Order _order = Order.Place("A-1", null, "CNY", [new OrderLine { LineNo = 1, Sku = "tea", Quantity = 1, UnitPrice = 10m }], Start, Window);
    private readonly List<OrderEvent> _events = [];

    public OrderTimelineTests() => Happened(OrderEventKind.Scheduled, Start);

    [Fact]
    public void A_pending_order_shows_the_seven_steps_that_lie_ahead()
    {
        var lines = Lines(Entry(QueueState.Scheduled));

        Words(lines).ShouldBe(["scheduled", "due", "claimed", "checked", "locked", "cancelled", "released", "shown"]);
        lines[0].State.ShouldBe(TimelineState.Done);
        lines.Skip(1).ShouldAllBe(l => l.State == TimelineState.Ahead && l.After == null);
        lines[1].At.ShouldBe(Due);
    }

    [Fact]
    public void An_overdue_order_is_due_and_shows_who_works_on_it()
    {
        var lines = Lines(Entry(QueueState.Claimed, owner: "node-1", failed: 2), new LockInfo("A-1", "node-1", "t", Due.AddSeconds(2), TimeSpan.FromSeconds(28), 0), Due.AddSeconds(3));

        lines[1].ShouldBe(new("due", TimelineState.Done, Due, Window));
        lines[2].ShouldBe(new("claimed", TimelineState.Now, Node: "node-1", Attempt: 3));
        lines[4].ShouldBe(new("locked", TimelineState.Now, Due.AddSeconds(2), TimeSpan.FromSeconds(2), "node-1"));
        lines[5].State.ShouldBe(TimelineState.Ahead);
    }

    [Fact]
    public void A_retrying_order_tells_when_it_is_tried_again_and_why()
    {
        var claimed = Lines(Entry(QueueState.Retrying, due: Due.AddMinutes(1), failed: 1, reason: "failed"), now: Due.AddSeconds(5))[2];

        claimed.ShouldBe(new("claimed", TimelineState.Ahead, Due.AddMinutes(1), Attempt: 2, Reason: "failed"));
    }

    [Fact]
    public void A_cancelled_order_shows_its_way_in_the_eight_words_with_times_between()
    {
        Happened(OrderEventKind.Cancelled, Due.AddMilliseconds(60), Way(attempt: 2));

        var lines = Lines();

        Words(lines).ShouldBe(["scheduled", "due", "claimed", "checked", "locked", "cancelled", "released", "shown"]);
        lines.ShouldAllBe(l => l.State == TimelineState.Done);
        lines.Select(l => l.After?.TotalMilliseconds).ShouldBe([null, Window.TotalMilliseconds, 20, 10, 15, 15, null, null]);
        lines[2].Attempt.ShouldBe(2);
        lines[5].ShouldBe(new("cancelled", TimelineState.Done, Due.AddMilliseconds(60), TimeSpan.FromMilliseconds(15), "node-1", 2));
    }

    [Fact]
    public void It_is_not_released_while_its_claim_or_its_lock_is_held()
    {
        Happened(OrderEventKind.Cancelled, Due.AddMilliseconds(60), Way(attempt: 1));

        Lines(Entry(QueueState.Claimed)).Single(l => l.Word == "released").State.ShouldBe(TimelineState.Now);
        Lines(null, new LockInfo("A-1", "node-1", "t", Due, TimeSpan.FromSeconds(1), 0)).Single(l => l.Word == "released").State.ShouldBe(TimelineState.Now);
    }

    [Theory]
    [InlineData("Customer called")]
    [InlineData("{not json")]
    [InlineData("{\"due\":\"soon\"}")]
    [InlineData("{}")]
    public void What_a_person_cancelled_shows_the_reason_and_no_invented_steps(string reason)
    {
        Happened(OrderEventKind.Cancelled, Start.AddMinutes(1), reason);

        var lines = Lines();

        Words(lines).ShouldBe(["scheduled", "cancelled"]);
        lines[1].Detail.ShouldBe(reason);
    }

    [Fact]
    public void Clocks_that_differ_never_make_a_negative_duration()
    {
        Happened(OrderEventKind.Cancelled, Due.AddMilliseconds(-40), Way(attempt: 1));

        Lines().ShouldAllBe(l => l.After == null || l.After >= TimeSpan.Zero);
    }

    [Fact]
    public void What_came_after_the_cancel_follows_it_in_order()
    {
        Happened(OrderEventKind.Extended, Start.AddMinutes(5), "00:15:00");
        Happened(OrderEventKind.Cancelled, Due.AddMilliseconds(60), Way(attempt: 1));
        Happened(OrderEventKind.PaymentRecorded, Due.AddMinutes(2));
        Happened(OrderEventKind.Refunded, Due.AddMinutes(9), "R-17");

        var lines = Lines();

        Words(lines).ShouldBe(["scheduled", "extended", "due", "claimed", "checked", "locked", "cancelled", "released", "shown", "paymentRecorded", "refunded"]);
        lines[1].By.ShouldBe(TimeSpan.FromMinutes(15));
        lines[^1].ShouldBe(new("refunded", TimelineState.Done, Due.AddMinutes(9), TimeSpan.FromMinutes(7), "node-1", Detail: "R-17"));
    }

    private void Happened(OrderEventKind kind, DateTimeOffset at, string? detail = null)
    {
        // Cancelled is written by SQL alone; for the timeline it only matters that the order is final.
        if (kind == OrderEventKind.Cancelled) _order.Pay(at);
        _events.Add(new OrderEvent { Version = _events.Count + 1, Kind = kind, At = at, Node = "node-1", Detail = detail });
    }

    private IReadOnlyList<TimelineLine> Lines(QueueEntry? entry = null, LockInfo? held = null, DateTimeOffset? now = null) =>
        OrderTimeline.Of(new OrderDetails(_order, _events, []), entry, held, now ?? Start.AddMinutes(1));

    private static IEnumerable<string> Words(IEnumerable<TimelineLine> lines) => lines.Select(l => l.Word);

    private static QueueEntry Entry(QueueState state, DateTimeOffset? due = null, string? owner = null, int failed = 0, string? reason = null) =>
        new("A-1", state, due ?? Due, failed, 0, owner, null, reason, null, null);

    private static string Way(int attempt) => FormattableString.Invariant(
        $$"""{"due":{{Ms(0)}},"claimed":{{Ms(20)}},"checked":{{Ms(30)}},"locked":{{Ms(45)}},"attempt":{{attempt}},"leaseLeft":29000}""");

    private static long Ms(int after) => (Due + TimeSpan.FromMilliseconds(after)).ToUnixTimeMilliseconds();
}

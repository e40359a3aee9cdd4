using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Tests.Locks;

public sealed class LockJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    private static readonly LockSurroundings Around = new(new HashSet<string> { "here:1:aaaa" }, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10), Now);

    [Theory]
    // owner, held for (s), left (s, -1 for ever), renewals, the order (null: unknown) -> colour, cleaned, and one of the reasons
    [InlineData("here:1:aaaa", 1, 29, 0, OrderStatus.Pending, LockColor.Red, false, LockReason.CommitUnderWay)]
    [InlineData("here:1:aaaa", 40, 25, 4, OrderStatus.Pending, LockColor.Red, false, LockReason.Renewing)]
    [InlineData("here:1:aaaa", 100, 25, 9, OrderStatus.Pending, LockColor.Amber, false, LockReason.HeldLong)]
    [InlineData("here:1:aaaa", 25, 5, 0, OrderStatus.Pending, LockColor.Amber, false, LockReason.NotRenewed)]
    [InlineData("here:1:aaaa", 601, 25, 60, OrderStatus.Pending, LockColor.Amber, true, LockReason.BeyondLongestHold)]
    [InlineData("here:1:aaaa", 1, 29, 0, OrderStatus.Cancelled, LockColor.Red, false, LockReason.OwnerAlive)]
    [InlineData("here:1:aaaa", 5, 25, 0, OrderStatus.Cancelled, LockColor.Green, true, LockReason.OrderFinal)]
    [InlineData("here:1:aaaa", 8, -1, 0, OrderStatus.Pending, LockColor.Amber, false, LockReason.NeverEnds)]
    [InlineData("gone:2:bbbb", 1, 29, 0, OrderStatus.Pending, LockColor.Amber, false, LockReason.OwnerSilent)]
    [InlineData("gone:2:bbbb", 8, 22, 0, OrderStatus.Pending, LockColor.Green, true, LockReason.OwnerSilent)]
    [InlineData("gone:2:bbbb", 40, 28, 4, OrderStatus.Pending, LockColor.Amber, false, LockReason.Renewing)]
    [InlineData("gone:2:bbbb", 8, -1, 0, null, LockColor.Green, true, LockReason.OrderUnknown)]
    [InlineData(null, null, 20, 0, OrderStatus.Pending, LockColor.Amber, false, LockReason.OwnerForeign)]
    [InlineData(null, null, -1, 0, OrderStatus.Pending, LockColor.Amber, true, LockReason.NeverEnds)]
    [InlineData(null, null, 20, 0, OrderStatus.Paid, LockColor.Green, true, LockReason.OrderFinal)]
    public void A_lock_is_judged_by_what_is_known(string? owner, int? heldFor, int left, int renewals, OrderStatus? status, LockColor color, bool cleaned, LockReason reason)
    {
        var verdict = LockJudge.Judge(Lock(owner, heldFor, left, renewals), Order(status), Around);

        (verdict.Color, verdict.CanBeCleaned).ShouldBe((color, cleaned));
        verdict.Reasons.ShouldContain(reason);
    }

    /// <summary>Nobody asks a holder what it does: a console works on its locks from the moment it has them, so that is what it does for as long as that usually takes.</summary>
    [Theory]
    [InlineData("here:1:aaaa", 1, 29, OrderStatus.Pending, true)]
    [InlineData("here:1:aaaa", 59, 25, OrderStatus.Pending, true)]
    [InlineData("here:1:aaaa", 61, 25, OrderStatus.Pending, false)] // ten times the usual hold, at least two leases
    [InlineData("here:1:aaaa", 21, 9, OrderStatus.Pending, false)] // should have been renewed
    [InlineData("here:1:aaaa", 1, 29, OrderStatus.Cancelled, false)]
    [InlineData("here:1:aaaa", 1, 29, null, false)]
    [InlineData("gone:2:bbbb", 1, 29, OrderStatus.Pending, false)]
    [InlineData(null, 1, 29, OrderStatus.Pending, false)]
    public void A_commit_is_taken_to_be_under_way_while_a_live_console_holds_a_pending_order_no_longer_than_usual(
        string? owner, int heldFor, int left, OrderStatus? status, bool isUnderWay)
    {
        var verdict = LockJudge.Judge(Lock(owner, heldFor, left, 0), Order(status), Around);

        verdict.Reasons.Contains(LockReason.CommitUnderWay).ShouldBe(isUnderWay);
        if (isUnderWay) verdict.Color.ShouldBe(LockColor.Red);
    }

    [Fact]
    public void Without_the_signs_of_life_and_without_a_value_nothing_is_cleaned_up()
    {
        var unread = LockJudge.Judge(Lock("gone:2:bbbb", 8, -1, 0), Order(OrderStatus.Pending), Around with { Alive = null });
        (unread.Color, unread.CanBeCleaned).ShouldBe((LockColor.Amber, false));
        LockJudge.Judge(Lock(null, null, -1, 0) with { Token = null }, null, Around).CanBeCleaned.ShouldBeFalse();
    }

    private static OrderFacts? Order(OrderStatus? status) => status is { } known ? new OrderFacts(1, known, 2, Now) : null;

    private static LockInfo Lock(string? owner, int? heldFor, int left, int renewals) => new(
        "A-1", owner, "t", heldFor is { } s ? Now.AddSeconds(-s) : null, left < 0 ? null : TimeSpan.FromSeconds(left), renewals);
}

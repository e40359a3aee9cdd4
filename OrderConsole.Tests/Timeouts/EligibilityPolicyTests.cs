using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Tests.Timeouts;

public sealed class EligibilityPolicyTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(60);

    [Theory]
    // status, deadline in milliseconds from now
    [InlineData(OrderStatus.Pending, -60_000, Eligibility.GoOn)]
    [InlineData(OrderStatus.Pending, -1, Eligibility.GoOn)]
    [InlineData(OrderStatus.Pending, 0, Eligibility.GoOn)]
    [InlineData(OrderStatus.Pending, 1, Eligibility.NotDue)]
    [InlineData(OrderStatus.Pending, 60_000, Eligibility.NotDue)]
    [InlineData(OrderStatus.Paid, -1, Eligibility.Paid)]
    [InlineData(OrderStatus.Paid, 0, Eligibility.Paid)]
    [InlineData(OrderStatus.Paid, 1, Eligibility.Paid)]
    [InlineData(OrderStatus.Cancelled, -1, Eligibility.Cancelled)]
    [InlineData(OrderStatus.Cancelled, 0, Eligibility.Cancelled)]
    [InlineData(OrderStatus.Cancelled, 1, Eligibility.Cancelled)]
    public void Only_a_pending_order_whose_deadline_has_come_goes_on(OrderStatus status, int deadline, Eligibility expected) =>
        EligibilityPolicy.Decide(new OrderFacts(1, status, 1, Now.AddMilliseconds(deadline)), Now).ShouldBe(expected);

    [Fact]
    public void A_number_without_an_order_is_unknown() => EligibilityPolicy.Decide(null, Now).ShouldBe(Eligibility.UnknownOrder);

    [Fact]
    public void The_table_has_every_status() => Enum.GetValues<OrderStatus>().ShouldBe([OrderStatus.Pending, OrderStatus.Paid, OrderStatus.Cancelled]);
}

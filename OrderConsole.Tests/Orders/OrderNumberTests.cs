using OrderConsole.Core.Orders;

namespace OrderConsole.Tests.Orders;

public sealed class OrderNumberTests
{
    private const string Allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";

    [Fact]
    public void Exactly_these_characters_are_allowed()
    {
        var accepted = Enumerable.Range(0, 0x3000).Select(c => (char)c).Where(c => OrderNumber.IsValid($"A{c}")).ToArray();

        new string(accepted).ShouldBe(new string([.. Allowed.Order()]));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void It_has_1_to_64_characters(int length, bool valid) => OrderNumber.IsValid(new string('x', length)).ShouldBe(valid);

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("A 1")]
    [InlineData("A\n")]
    [InlineData("A/1")]
    [InlineData("{A}")]
    [InlineData("订单")]
    public void What_is_not_safe_in_keys_urls_and_logs_is_refused(string? text) => OrderNumber.IsValid(text).ShouldBeFalse();

    [Fact]
    public void New_numbers_sort_by_time_byte_by_byte()
    {
        var start = new DateTimeOffset(2026, 12, 31, 23, 59, 59, 990, TimeSpan.FromHours(8));

        var numbers = Enumerable.Range(0, 500).Select(i => OrderNumber.New(start.AddMilliseconds(i * 7))).ToArray();

        numbers.ShouldBe(numbers.Order(StringComparer.Ordinal));
        numbers[0].ShouldStartWith("20261231155959990-");
    }

    [Fact]
    public void New_numbers_of_one_moment_are_valid_and_differ()
    {
        var numbers = Enumerable.Range(0, 1_000).Select(_ => OrderNumber.New(DateTimeOffset.UnixEpoch)).ToArray();

        numbers.ShouldAllBe(n => OrderNumber.IsValid(n));
        // 32^6 possibilities: two pairs alike among a thousand would be a miracle.
        numbers.Distinct().Count().ShouldBeGreaterThanOrEqualTo(999);
    }
}

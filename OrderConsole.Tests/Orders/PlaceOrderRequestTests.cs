using System.Globalization;
using OrderConsole.Core.Orders;

namespace OrderConsole.Tests.Orders;

public sealed class PlaceOrderRequestTests
{
    private static readonly PlaceOrderLine Line = new("SKU-1", 1, 10m);
    private static readonly PlaceOrderRequest Good = new("A-1", "Zhang", "CNY", [Line], TimeSpan.FromMinutes(15));

    private static void ShouldBe(PlaceOrderRequest request, bool valid, string field)
    {
        if (valid)
        {
            Should.NotThrow(() => request.Validate());
            return;
        }
        var refused = Should.Throw<InvalidInputException>(() => request.Validate());
        refused.Field.ShouldBe(field);
        refused.Allowed.ShouldNotBeNullOrWhiteSpace();
        // In a batch the field is found by its path.
        Should.Throw<InvalidInputException>(() => request.Validate("[3].")).Field.ShouldBe($"[3].{field}");
    }

    [Fact]
    public void A_good_request_and_the_barest_one_are_accepted()
    {
        Good.Validate();
        new PlaceOrderRequest(null, null, "EUR", [new("X", 1, 0m)], null).Validate();
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("A", true)]
    [InlineData("A B", false)]
    public void Order_number(string no, bool valid) => ShouldBe(Good with { OrderNo = no }, valid, "orderNo");

    [Theory]
    [InlineData(0, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Customer_has_at_most_200_characters(int length, bool valid) => ShouldBe(Good with { Customer = new string('客', length) }, valid, "customer");

    [Theory]
    [InlineData("CNY", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("CN", false)]
    [InlineData("CNYX", false)]
    [InlineData("cny", false)]
    [InlineData("CN1", false)]
    [InlineData("ÄÖÜ", false)]
    public void Currency_is_three_capital_letters(string? currency, bool valid) => ShouldBe(Good with { Currency = currency }, valid, "currency");

    [Theory]
    [InlineData("00:00:00.9999999", false)]
    [InlineData("00:00:01", true)]
    [InlineData("30.00:00:00", true)]
    [InlineData("30.00:00:00.0000001", false)]
    [InlineData("-00:15:00", false)]
    public void Payment_window_is_a_second_to_thirty_days(string window, bool valid) =>
        ShouldBe(Good with { PaymentWindow = TimeSpan.Parse(window, CultureInfo.InvariantCulture) }, valid, "paymentWindow");

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void There_are_1_to_200_lines(int count, bool valid) => ShouldBe(Good with { Lines = [.. Enumerable.Repeat(Line, count)] }, valid, "lines");

    [Fact]
    public void Lines_must_be_there()
    {
        ShouldBe(Good with { Lines = null }, false, "lines");
        ShouldBe(Good with { Lines = [Line, null!] }, false, "lines[1]");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("!", true)]
    [InlineData("~", true)]
    [InlineData("A B", false)]
    [InlineData("\u007f", false)]
    [InlineData("é", false)]
    public void Sku_is_visible_ascii(string? sku, bool valid) => ShouldBe(Good with { Lines = [Line, Line with { Sku = sku! }] }, valid, "lines[1].sku");

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Sku_has_at_most_64_characters(int length, bool valid) => ShouldBe(Good with { Lines = [Line with { Sku = new string('S', length) }] }, valid, "lines[0].sku");

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1_000_000, true)]
    [InlineData(1_000_001, false)]
    public void Quantity_is_1_to_a_million(int quantity, bool valid) => ShouldBe(Good with { Lines = [Line with { Quantity = quantity }] }, valid, "lines[0].quantity");

    [Theory]
    [InlineData("-0.0001", false)]
    [InlineData("0", true)]
    [InlineData("0.0001", true)]
    [InlineData("0.00001", false)]
    [InlineData("1.10000", true)]
    [InlineData("1000000000", true)]
    [InlineData("1000000000.0001", false)]
    public void Unit_price_is_0_to_a_thousand_million_with_four_decimals(string price, bool valid) =>
        ShouldBe(Good with { Lines = [Line with { UnitPrice = decimal.Parse(price, CultureInfo.InvariantCulture) }] }, valid, "lines[0].unitPrice");
}

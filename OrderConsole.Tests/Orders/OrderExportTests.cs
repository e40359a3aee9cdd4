using System.Text;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;

namespace OrderConsole.Tests.Orders;

public sealed class OrderExportTests() : ShopTests(DatabaseProvider.Sqlite)
{
    private static readonly OrderExportWords Words = new(["No", "Status", "Customer", "Currency", "Total", "Created", "Deadline", "Paid", "Cancelled", "Reason"], "Only {0} rows");

    [Theory]
    [InlineData(null, "")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49", "'+49")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    public void A_cell_is_quoted_when_it_must_be_and_never_a_formula(string? value, string cell) => OrderExport.Cell(value).ShouldBe(cell);

    [Fact]
    public async Task Every_order_of_the_view_is_written_once_in_its_order_over_all_pages()
    {
        var numbers = await Shop.OverdueAsync(2_300);
        foreach (var sort in Enum.GetValues<OrderSort>())
        {
            var lines = await LinesAsync(new OrderFilter { Status = OrderStatus.Pending }, sort);
            lines[0].ShouldBe("No,Status,Customer,Currency,Total,Created,Deadline,Paid,Cancelled,Reason");
            var written = lines[1..].Select(l => l[..l.IndexOf(',', StringComparison.Ordinal)]).ToArray();
            if (sort is OrderSort.Oldest) written.ShouldBe(numbers);
            else written.Order().ShouldBe(numbers.Order(), sort.ToString());
        }
        (await LinesAsync(new OrderFilter { Search = "T00002" }, OrderSort.Newest)).Length.ShouldBe(1 + 10);
        (await LinesAsync(new OrderFilter { Status = OrderStatus.Paid }, OrderSort.Newest)).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(2, true)]
    public async Task An_export_that_was_cut_says_so_in_its_last_line(int most, bool isCut)
    {
        await Shop.OverdueAsync(3);
        var lines = await LinesAsync(new OrderFilter(), OrderSort.Oldest, most);
        lines.Length.ShouldBe(1 + most + (isCut ? 1 : 0));
        if (isCut) lines[^1].ShouldBe("Only 2 rows");
    }

    private async Task<string[]> LinesAsync(OrderFilter filter, OrderSort sort, int most = OrderExport.MostRows)
    {
        using var file = new MemoryStream();
        await new OrderExport(Shop.Orders).WriteAsync(file, filter, sort, Words, TestContext.Current.CancellationToken, most);
        var bytes = file.ToArray();
        bytes[..3].ShouldBe(Encoding.UTF8.GetPreamble());
        var text = Encoding.UTF8.GetString(bytes[3..]);
        text.ShouldEndWith("\r\n");
        return text[..^2].Split("\r\n");
    }
}

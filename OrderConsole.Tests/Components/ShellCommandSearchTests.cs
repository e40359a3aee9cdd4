using OrderConsole.Components.Layout;
using OrderConsole.Core.Data;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

public sealed class ShellCommandSearchTests
{
    [Theory]
    [InlineData("LOCK", "/locks")]
    [InlineData("订单锁", "/locks")]
    [InlineData("迟到", "/late-payments")]
    [InlineData("theme", "/preferences/theme/next")]
    [InlineData("语言", "/preferences/language/next")]
    public void Finds_pages_and_actions_in_both_languages(string text, string url) =>
        CommandSearch.Named(text).ShouldContain(found => found.Url == url);

    [Fact]
    public void Shows_everything_before_anything_is_typed()
    {
        var all = CommandSearch.Named("");

        all.Count.ShouldBe(ShellPages.All.Count + Commands.All.Count);
        all.ShouldAllBe(found => !found.Name.Contains("Command.") && !found.Name.Contains("Page."));
    }

    [Fact]
    public async Task Finds_up_to_eight_orders_by_the_beginning_of_their_number()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var shop = new Shop(database.Orders);
        await shop.OverdueAsync(12);
        var search = new CommandSearch(shop.Orders);

        (await search.OrdersAsync("T0000", CancellationToken.None)).Count.ShouldBe(CommandSearch.MostOrders);
        (await search.OrdersAsync("T000012", CancellationToken.None)).Select(f => (f.Name, f.Url)).ShouldBe([("T000012", "/orders/T000012")]);
        await shop.Place.PlaceAsync(Shop.Request("T", null, ("SKU-0", 1)), null, CancellationToken.None);
        (await search.OrdersAsync("T", CancellationToken.None))[0].Name.ShouldBe("T");
        (await search.OrdersAsync("订单", CancellationToken.None)).ShouldBeEmpty();
        (await search.OrdersAsync("", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public void No_two_shortcuts_have_the_same_keys() => Shortcuts.All.Select(s => s.Keys).ShouldBeUnique();
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>The frame of all pages, used as a person uses it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ShellTests(Browser browser, LiveConsole console)
{
    [Theory]
    [InlineData("en-US", "Orders")]
    [InlineData("zh-CN", "订单")]
    public async Task Keys_alone_lead_to_help_pages_and_orders(string locale, string orders)
    {
        var orderNo = "CMD-" + Guid.NewGuid().ToString("N")[..8];
        (await console.Host.PlaceAsync(orderNo)).EnsureSuccessStatusCode();
        await using var opened = await browser.OpenAsync(console.Address, locale);
        await opened.UntilLiveAsync();
        var (page, keys) = (opened.Page, opened.Page.Keyboard);
        var (help, box) = (page.Locator("#keyboard-help"), page.Locator("#commands"));
        await Assertions.Expect(page.Locator(".pages [data-page=orders] .name")).ToHaveTextAsync(orders);

        await keys.PressAsync("?");
        await Assertions.Expect(help).ToBeVisibleAsync();
        await Assertions.Expect(help.Locator("[data-keys]")).ToHaveCountAsync(OrderConsole.Components.Layout.Shortcuts.All.Count);
        await keys.PressAsync("Escape");
        await Assertions.Expect(help).ToBeHiddenAsync();

        await keys.PressAsync("Control+k");
        await Assertions.Expect(box.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await keys.TypeAsync("?g o");
        await Assertions.Expect(help).ToBeHiddenAsync();
        await Assertions.Expect(box.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
        await keys.PressAsync("Escape");
        await Assertions.Expect(box).ToBeHiddenAsync();

        await keys.PressAsync("Control+k");
        await Assertions.Expect(box.GetByRole(AriaRole.Combobox)).ToHaveValueAsync("");
        await keys.TypeAsync(orderNo[..9]);
        await keys.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/orders/{orderNo}$"));
        await Assertions.Expect(box).ToBeHiddenAsync();

        await keys.PressAsync("Control+k");
        await keys.TypeAsync("锁");
        var locks = box.GetByRole(AriaRole.Option).First;
        await Assertions.Expect(locks).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(box.GetByRole(AriaRole.Combobox)).ToHaveAttributeAsync("aria-activedescendant", "command-0");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowUp");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/locks$"));
        foreach (var choice in new[] { "theme/dark", "language/en" })
            await Assertions.Expect(page.Locator($".side a[href^='/preferences/{choice}']")).ToHaveAttributeAsync("href", $"/preferences/{choice}?from=%2Flocks");

        await keys.PressAsync("g");
        await keys.PressAsync("h");
        await Assertions.Expect(page).ToHaveURLAsync(console.Address.ToString());
        opened.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_command_box_opens_without_the_server_and_switches_theme_and_language()
    {
        await using var opened = await browser.OpenAsync(console.Address);
        await opened.UntilLiveAsync();
        var page = opened.Page;

        // The best of three: the machine is busy with other tests, and it is our work that is measured.
        var milliseconds = double.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            await page.ReloadAsync();
            await opened.UntilLiveAsync();
            milliseconds = Math.Min(milliseconds, await page.EvaluateAsync<double>("""
                () => { const from = performance.now(); document.querySelector('.ask').click(); return document.querySelector('#commands').open ? performance.now() - from : 9999; }
                """));
        }
        milliseconds.ShouldBeLessThan(100);
        await page.Keyboard.TypeAsync("switch theme");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        await opened.UntilLiveAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("切换语言");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-Hans");
        opened.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Shortcuts_of_plain_keys_can_be_switched_off()
    {
        await using var opened = await browser.OpenAsync(console.Address);
        await opened.UntilLiveAsync();
        var page = opened.Page;
        await page.Keyboard.PressAsync("?");
        await page.Locator("[data-single-keys]").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keyboard-help")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.Locator("#commands")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_a_phone_the_keyboard_opens_the_drawer_leaves_it_and_follows_a_link()
    {
        await using var opened = await browser.OpenAsync(new Uri(console.Address, "not-found"), width: 390, height: 844);
        await opened.UntilLiveAsync();
        var (page, side, menu) = (opened.Page, opened.Page.Locator("#side"), opened.Page.Locator(".menu"));
        await Assertions.Expect(side).ToBeHiddenAsync();

        await menu.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(side).ToBeVisibleAsync();
        await Assertions.Expect(side.Locator("a").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(side).ToBeHiddenAsync();
        await Assertions.Expect(menu).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(side.Locator("a").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(side.Locator("[data-page=overview]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(console.Address.ToString());
        await Assertions.Expect(page.Locator("#expired")).ToBeVisibleAsync();
        await Assertions.Expect(side).ToBeHiddenAsync();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        opened.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task What_opens_has_no_accessibility_violations(ColorScheme scheme)
    {
        await using var opened = await browser.OpenAsync(console.Address, scheme: scheme);
        await opened.UntilLiveAsync();
        var page = opened.Page;

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keyboard-help")).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.SetViewportSizeAsync(390, 844);
        await page.Locator(".menu").ClickAsync();
        await Assertions.Expect(page.Locator("#side")).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
    }
}

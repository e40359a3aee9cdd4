using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Tests.Access;
using OrderConsole.Tests.Support;
using OtpNet;

namespace OrderConsole.Tests.Components;

/// <summary>One's own account, and signing in, as a person does it.</summary>
[Collection(OwnConsoleCollection.Name)]
public sealed class AccountPageTests(Browser browser)
{
    [Theory]
    [InlineData("en-US", "Second step", "User name or password is wrong")]
    [InlineData("zh-CN", "第二步验证", "用户名或密码不正确")]
    public async Task A_user_turns_the_second_factor_on_and_signs_in_with_it(string language, string second, string wrong)
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "account"), language);
        await opened.UntilLiveAsync();
        var page = opened.Page;
        await TimeoutsDialog.HasNoViolationsAsync(opened, "#sessions");
        await page.ClickAsync("#factor-on");
        var secret = await page.Locator("#factor-secret").InnerTextAsync();
        await page.FillAsync("#factor-code", "000000");
        await page.ClickAsync("dialog[open] .deed");
        await Assertions.Expect(page.Locator("dialog[open] .operation-fault")).ToBeVisibleAsync();
        await TimeoutsDialog.HasNoViolationsAsync(opened, "dialog[open] svg.qr");
        await page.FillAsync("#factor-code", CodeOf(secret));
        await page.ClickAsync("dialog[open] .deed");
        var codes = (await page.Locator("#recovery-codes").InnerTextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        codes.Length.ShouldBe(10);
        await TimeoutsDialog.HasNoViolationsAsync(opened, "#recovery-codes");
        await page.ClickAsync("dialog[open] .leave");
        await Assertions.Expect(page.Locator("#factor-off")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("10");

        await page.Locator(".preferences form button").ClickAsync();
        await Assertions.Expect(page.Locator("#password")).ToBeVisibleAsync();
        await TimeoutsDialog.HasNoViolationsAsync(opened, "#password");
        await page.FillAsync("#name", Visitors.Admin);
        await page.FillAsync("#password", "not the password");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(wrong);
        await page.FillAsync("#name", Visitors.Admin);
        await page.FillAsync("#password", Visitors.Password);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(second);
        await TimeoutsDialog.HasNoViolationsAsync(opened, "#code");
        await page.FillAsync("#code", codes[0]);
        await page.Keyboard.PressAsync("Enter");
        await opened.UntilLiveAsync();
        await page.GotoAsync("/account");
        await Assertions.Expect(page.Locator("#factor-off")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("9");
        await opened.UntilLiveAsync();
        await page.ClickAsync("#factor-off");
        await page.ClickAsync("dialog[open] .deed");
        await Assertions.Expect(page.Locator("#factor-on")).ToBeVisibleAsync();
        opened.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("zh-CN")]
    public async Task A_user_changes_the_password_and_signs_out_elsewhere(string language)
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "account"), language);
        await opened.UntilLiveAsync();
        var page = opened.Page;
        (await Visitors.SignInAsync(host.Address, Visitors.Admin, Visitors.Password)).ShouldNotBeNull();
        await page.ReloadAsync();
        await opened.UntilLiveAsync();
        await Assertions.Expect(page.Locator("#sessions tbody tr")).ToHaveCountAsync(2);
        await page.ClickAsync("#sessions tbody button");
        await page.ClickAsync("dialog[open] .deed");
        await Assertions.Expect(page.Locator("#sessions tbody tr")).ToHaveCountAsync(1);

        await page.ClickAsync("#change-password");
        await page.FillAsync("#own-password", Visitors.Password);
        await page.FillAsync("#new-password", "another quiet harbour");
        await page.FillAsync("#new-password-again", "yet another harbour");
        await page.ClickAsync("dialog[open] .deed");
        await Assertions.Expect(page.Locator("dialog[open] .operation-fault")).ToBeVisibleAsync();
        await TimeoutsDialog.HasNoViolationsAsync(opened, "dialog[open]");
        await page.FillAsync("#new-password-again", "another quiet harbour");
        await page.ClickAsync("dialog[open] .deed");
        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        (await Visitors.SignInAsync(host.Address, Visitors.Admin, Visitors.Password)).ShouldBeNull();
        (await Visitors.SignInAsync(host.Address, Visitors.Admin, "another quiet harbour")).ShouldNotBeNull();
        await Visitors.SignInAsync(host.Address, Visitors.Admin, "another quiet harbour");
        await page.ReloadAsync();
        await opened.UntilLiveAsync();
        await page.ClickAsync("#end-others");
        await page.ClickAsync("dialog[open] .deed");
        await Assertions.Expect(page.Locator("#sessions tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#end-others")).ToHaveCountAsync(0);
        await page.ClickAsync("#end-everywhere");
        await TimeoutsDialog.HasNoViolationsAsync(opened, "dialog[open]");
        await page.ClickAsync("dialog[open] .deed");
        await Assertions.Expect(page.Locator("#password")).ToBeVisibleAsync();
        (await host.Get<OrderDatabase>().ReadAsync(db => db.ConsoleSessions.CountAsync(s => s.EndedAt == null, TestContext.Current.CancellationToken))).ShouldBe(0);
        opened.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("zh-CN")]
    public async Task The_first_administrator_is_made_on_the_page_that_the_log_names(string language)
    {
        await using var console = ConsoleProcess.Launch([new("Access:Setup:AdminUser", ""), new("Timeouts:Enabled", "false")]);
        await Eventually.HoldsAsync(() => console.Output.Contains("/setup?token=", StringComparison.Ordinal), "the log names the page");
        var link = console.Output[console.Output.IndexOf("http://127.0.0.1", StringComparison.Ordinal)..].Split('\n')[0].Trim();
        await using var opened = await browser.OpenAsync(new Uri(link), language, signedIn: false);
        var page = opened.Page;
        await TimeoutsDialog.HasNoViolationsAsync(opened, "#again");
        await page.FillAsync("#name", "founder");
        await page.FillAsync("#password", "a long walk to nowhere");
        await page.FillAsync("#again", "a long walk to somewhere");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.FillAsync("#name", "founder");
        await page.FillAsync("#password", "a long walk to nowhere");
        await page.FillAsync("#again", "a long walk to nowhere");
        await page.Keyboard.PressAsync("Enter");
        await opened.UntilLiveAsync();
        await Assertions.Expect(page.Locator(".who")).ToContainTextAsync("founder");
        await page.GotoAsync(link);
        await Assertions.Expect(page.Locator("#again")).ToHaveCountAsync(0);
        opened.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en-US", "Sign in with Harbour")]
    [InlineData("zh-CN", "使用 Harbour 登录")]
    public async Task The_provider_signs_in_from_the_page(string language, string words)
    {
        await using var provider = await OAuthProvider.StartAsync();
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false"), .. provider.Settings]);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "sign-in?from=/account"), language, signedIn: false);
        await Assertions.Expect(opened.Page.Locator("a.provider")).ToHaveTextAsync(words);
        await TimeoutsDialog.HasNoViolationsAsync(opened, "a.provider");
        await opened.Page.ClickAsync("a.provider");
        await opened.UntilLiveAsync();
        await Assertions.Expect(opened.Page.Locator(".who")).ToContainTextAsync("sam");
        await Assertions.Expect(opened.Page.Locator("#change-password")).ToHaveCountAsync(0);
        opened.ForeignRequests.ShouldAllBe(r => r.StartsWith(provider.Address));
        opened.ForeignRequests.Clear();
        opened.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_is_disabled_is_refused_at_once_at_a_page_that_is_still_open_and_then_sees_the_sign_in()
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "timeouts"));
        await opened.UntilLiveAsync();
        await host.Get<OrderDatabase>().WriteAsync(db => db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.Enabled, false)), TestContext.Current.CancellationToken);

        await opened.Page.ClickAsync(".page-head [data-action=pause_processing]");
        await Assertions.Expect(opened.Page.Locator("dialog.operation [role=alert]")).ToBeVisibleAsync();
        (await host.Get<OrderDatabase>().ReadAsync(db => db.Audit.CountAsync(r => r.Code == "forbidden" && r.Who == Visitors.Admin, TestContext.Current.CancellationToken))).ShouldBeGreaterThan(0);
        await Assertions.Expect(opened.Page.Locator("#password")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("zh-CN")]
    public async Task A_viewer_is_offered_nothing_that_would_be_refused(string language)
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        await host.SetStockAsync("tea", 10);
        (await host.PlaceAsync("SEEN-1")).EnsureSuccessStatusCode();
        var viewer = host.Get<Accounts>().New("looks.on", "a long walk to nowhere", Roles.Viewer);
        await host.Get<OrderDatabase>().WriteAsync(db => { db.Add(viewer); return db.SaveChangesAsync(); }, TestContext.Current.CancellationToken);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "orders/SEEN-1"), language);
        await opened.UntilLiveAsync();
        await Assertions.Expect(opened.Page.Locator("main [data-action=cancel_orders]")).ToBeVisibleAsync();
        var cookie = await Visitors.SignInAsync(host.Address, "looks.on", "a long walk to nowhere");
        await opened.Page.Context.AddCookiesAsync([new() { Name = ConsoleAuthentication.CookieName, Value = cookie!, Url = host.Address.ToString() }]);
        foreach (var path in new[] { "orders/SEEN-1", "timeouts", "late-payments", "locks", "jobs", "reconciliation" })
        {
            await opened.Page.GotoAsync("/" + path);
            await opened.UntilLiveAsync();
            await Assertions.Expect(opened.Page.Locator("main h1")).ToBeVisibleAsync();
            await Assertions.Expect(opened.Page.Locator("[data-action]")).ToHaveCountAsync(0);
        }
        await opened.Page.GotoAsync("/orders/SEEN-1");
        await Assertions.Expect(opened.Page.Locator("#order-operations a[href='/audit?target=SEEN-1']")).ToBeVisibleAsync();
        opened.Errors.ShouldBeEmpty();
    }

    private static string CodeOf(string secret) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime);
}

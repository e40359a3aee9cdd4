using Microsoft.Playwright;
using OrderConsole.Core.Access;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>Letting people and programs in, as an administrator does it, and what somebody else sees of it.</summary>
[Collection(OwnConsoleCollection.Name)]
public sealed class PeoplePagesTests(Browser browser)
{
    [Theory]
    [InlineData("en-US", "You may not see this")]
    [InlineData("zh-CN", "您无权查看此页")]
    public async Task An_administrator_lets_an_operator_and_a_program_in(string language, string refused)
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "users"), language);
        await opened.UntilLiveAsync();
        var page = opened.Page;
        await Assertions.Expect(page.Locator("#users tbody tr")).ToHaveCountAsync(1);
        await page.ClickAsync("#new-user");
        await page.FillAsync("#user-name", "night.shift");
        await page.FillAsync("#user-password", "password1234");
        await page.CheckAsync($"#user-form input[value={Roles.Operator}]");
        await page.ClickAsync("dialog[open] .deed");
        await Assertions.Expect(page.Locator("dialog[open] .operation-fault")).ToBeVisibleAsync();
        await page.FillAsync("#user-password", "a long walk to nowhere");
        await TimeoutsDialog.HasNoViolationsAsync(opened, "dialog[open]");
        await page.ClickAsync("dialog[open] .deed");
        await Assertions.Expect(page.Locator("#users tr[data-user='night.shift']")).ToBeVisibleAsync();
        await TimeoutsDialog.HasNoViolationsAsync(opened, "main");
        await page.Locator("#users tr[data-user='night.shift'] .actions .button").First.ClickAsync();
        await page.CheckAsync($"#user-beyond input[value={Permissions.EditJob}]");
        await TimeoutsDialog.HasNoViolationsAsync(opened, "dialog[open]");
        await page.ClickAsync("dialog[open] .deed");
        await Assertions.Expect(page.Locator("#users tr[data-user='night.shift']")).ToContainTextAsync(Permissions.EditJob);

        await page.ClickAsync(".pages [data-page=keys]");
        await page.ClickAsync("#new-key");
        await page.FillAsync("#key-name", "shop");
        await page.CheckAsync($"#key-form input[value={Permissions.Orders}]");
        await TimeoutsDialog.HasNoViolationsAsync(opened, "dialog[open]");
        await page.ClickAsync("dialog[open] .deed");
        var secret = await page.Locator("#secret").InnerTextAsync();
        secret.ShouldStartWith("oc_");
        await page.ClickAsync("dialog[open] .leave");
        await Assertions.Expect(page.Locator("#keys tr[data-key=shop]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#secret")).ToHaveCountAsync(0);
        (await page.ContentAsync()).ShouldNotContain(secret);
        await TimeoutsDialog.HasNoViolationsAsync(opened, "main");

        var cookie = await Visitors.SignInAsync(host.Address, "night.shift", "a long walk to nowhere");
        await page.Context.AddCookiesAsync([new() { Name = OrderConsole.Access.ConsoleAuthentication.CookieName, Value = cookie!, Url = host.Address.ToString() }]);
        await page.GotoAsync("/users");
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync(refused);
        await Assertions.Expect(page.Locator(".pages [data-page=users]")).ToHaveCountAsync(0);
        opened.Errors.ShouldBeEmpty();
    }
}

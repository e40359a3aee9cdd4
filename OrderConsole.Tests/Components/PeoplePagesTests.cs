using Microsoft.Playwright;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
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
        await page.ClickAsync("#keys tr[data-key=shop] [data-do=Revoke]");
        await TimeoutsDialog.HasNoViolationsAsync(opened, "dialog[open]");
        await page.ClickAsync("dialog[open] .deed");
        await Assertions.Expect(page.Locator("#keys tr[data-key=shop] [data-do=Revoke]")).ToHaveCountAsync(0);
        using (var program = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, "api/metrics")))
        {
            program.Headers.Authorization = new("Bearer", secret);
            using var anybody = new HttpClient();
            (await anybody.SendAsync(program, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        }

        var cookie = await Visitors.SignInAsync(host.Address, "night.shift", "a long walk to nowhere");
        await page.Context.AddCookiesAsync([new() { Name = ConsoleAuthentication.CookieName, Value = cookie!, Url = host.Address.ToString() }]);
        await page.GotoAsync("/users");
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync(refused);
        await Assertions.Expect(page.Locator(".pages [data-page=users]")).ToHaveCountAsync(0);
        await page.HasNoViolationsAsync();
        opened.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("zh-CN")]
    public async Task A_user_gets_another_password_loses_the_second_factor_is_shut_out_and_let_in_again(string language)
    {
        const string Name = "night.shift", Before = "a long walk to nowhere", After = "a short walk to somewhere";
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        var user = host.Get<Accounts>().New(Name, Before, Roles.Operator);
        user.TwoFactorEnabled = true;
        await host.Get<OrderDatabase>().WriteAsync(db => { db.Add(user); return db.SaveChangesAsync(TestContext.Current.CancellationToken); }, TestContext.Current.CancellationToken);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "users"), language);
        await opened.UntilLiveAsync();
        var (page, row) = (opened.Page, opened.Page.Locator($"#users tr[data-user='{Name}']"));
        async Task DoAsync(string step)
        {
            await row.Locator($"[data-do={step}]").ClickAsync();
            if (step == "Password") await page.FillAsync("#user-password", After);
            await TimeoutsDialog.HasNoViolationsAsync(opened, "dialog[open]");
            await page.ClickAsync("dialog[open] .deed");
            await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        }

        await DoAsync("ResetFactor");
        await Assertions.Expect(row.Locator("[data-do=ResetFactor]")).ToHaveCountAsync(0);
        (await Visitors.SignInAsync(host.Address, Name, Before)).ShouldNotBeNull("without a second step now");
        await DoAsync("Password");
        (await Visitors.SignInAsync(host.Address, Name, Before)).ShouldBeNull();
        (await Visitors.SignInAsync(host.Address, Name, After)).ShouldNotBeNull();
        await DoAsync("Disable");
        (await Visitors.SignInAsync(host.Address, Name, After)).ShouldBeNull();
        await DoAsync("Enable");
        (await Visitors.SignInAsync(host.Address, Name, After)).ShouldNotBeNull();
        opened.Errors.ShouldBeEmpty();
    }
}

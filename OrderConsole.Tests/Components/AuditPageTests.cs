using System.Globalization;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Components.Operations;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>Who did what, read and checked on its page; and being the second person.</summary>
[Collection(OwnConsoleCollection.Name)]
public sealed class AuditPageTests(Browser browser)
{
    private const string Second = "second.person", Password = "a long walk to nowhere";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en-US", "The audit is whole", "is not what was written")]
    [InlineData("zh-CN", "审计完整", "与原先写入的不符")]
    public async Task The_audit_is_searched_exported_and_verified_and_the_broken_row_is_named(string language, string whole, string broken)
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false")]);
        await host.SetStockAsync("tea", 10);
        foreach (var no in new[] { "READ-1", "READ-2" })
        {
            (await host.PlaceAsync(no)).EnsureSuccessStatusCode();
            (await host.Http.PostAsJsonAsync($"/api/orders/{no}/cancel", new { reason = $"closing {no}" }, Cancel)).EnsureSuccessStatusCode();
        }
        (await Visitors.SignInAsync(host.Address, "guesses", "not the password")).ShouldBeNull();
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "audit"), language);
        await opened.UntilLiveAsync();
        var page = opened.Page;
        await Assertions.Expect(page.Locator("#audit tbody tr", new() { HasText = "guesses" })).ToHaveCountAsync(1);

        await page.FillAsync("#audit-target", "READ-1");
        await page.PressAsync("#audit-target", "Enter");
        await Assertions.Expect(page.Locator("#audit tbody tr", new() { HasText = "READ-2" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#audit tbody tr", new() { HasText = "closing READ-1" }).First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#audit a[href='/orders/READ-1']").First).ToBeVisibleAsync();
        page.Url.ShouldEndWith("/audit?target=READ-1");
        foreach (var format in new[] { "csv", "json" })
        {
            var url = await page.Locator($".page-head a[href*='format={format}']").GetAttributeAsync("href");
            var file = await (await page.Context.APIRequest.GetAsync(new Uri(host.Address, url).ToString())).TextAsync();
            file.ShouldContain("closing READ-1");
            file.ShouldNotContain("READ-2");
        }

        await page.FillAsync("#audit-who", "nobody.here");
        await page.PressAsync("#audit-who", "Enter");
        await Assertions.Expect(page.Locator(".empty-state")).ToBeVisibleAsync();
        await page.Locator(".empty-state a").ClickAsync();
        await page.SelectOptionAsync("#audit-outcome", nameof(AuditOutcome.Denied));
        await page.Locator("form.filters:has(#audit-outcome) button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("#audit tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#audit tbody tr")).ToContainTextAsync("guesses");

        await page.GotoAsync("/audit");
        await opened.UntilLiveAsync();
        await page.ClickAsync("#verify");
        await Assertions.Expect(page.Locator("#verdict[data-whole=true]")).ToContainTextAsync(whole);
        await TimeoutsDialog.HasNoViolationsAsync(opened, "#verdict");

        var database = host.Get<OrderDatabase>();
        await database.WriteAsync(db => db.Database.ExecuteSqlRawAsync("DROP TRIGGER audit_no_update; UPDATE audit SET reason = 'another' WHERE target = 'READ-1'", Cancel), Cancel);
        var first = await database.ReadAsync(db => db.Audit.Where(r => r.Target == "READ-1").MinAsync(r => r.Seq, Cancel));
        await page.ClickAsync("#verify");
        await Assertions.Expect(page.Locator("#verdict[data-whole=false]")).ToContainTextAsync(broken);
        await Assertions.Expect(page.Locator("#verdict")).ToContainTextAsync(first.ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Locator($"tr.audit-broken[data-seq='{first}']")).ToBeVisibleAsync();
        await page.HasNoViolationsAsync();
        opened.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en-US", "A second person must approve this", "Ask for approval", "This takes a second person", "Approve and run")]
    [InlineData("zh-CN", "批准之前不会执行任何操作", "申请批准", "此操作需要第二人批准", "批准并执行")]
    public async Task A_decision_about_money_waits_until_somebody_else_approves_it(string language, string before, string ask, string waits, string approve)
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false"), new("Operations:SecondPersonOnPaidOrders", "true")]);
        await host.SetStockAsync("tea", 10);
        (await host.PlaceAsync("MONEY-1")).EnsureSuccessStatusCode();
        (await host.Http.PostAsJsonAsync("/api/orders/MONEY-1/cancel", new { reason = "test" }, Cancel)).EnsureSuccessStatusCode();
        (await host.Http.PostAsJsonAsync("/api/orders/MONEY-1/payment", new { paymentId = "pay-MONEY-1", amount = 10m }, Cancel)).EnsureSuccessStatusCode();
        var second = host.Get<Accounts>().New(Second, Password, Roles.Operator);
        await host.Get<OrderDatabase>().WriteAsync(db => { db.Add(second); return db.SaveChangesAsync(Cancel); }, Cancel);
        await using var opened = await browser.OpenAsync(new Uri(host.Address, "late-payments"), language);
        await opened.UntilLiveAsync();
        var page = opened.Page;

        await page.Locator($"tr[data-payment=pay-MONEY-1] [data-action={RefundPayments.ActionName}]").ClickAsync();
        await page.Locator($"#{ParameterForm.Id}-reference").FillAsync("RF-7");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-step=Preview]")).ToContainTextAsync(before);
        await Assertions.Expect(page.Locator("dialog.operation .deed")).ToHaveTextAsync(ask);
        await TimeoutsDialog.HasNoViolationsAsync(opened, "dialog.operation");
        var asked = await TimeoutsDialog.AnswerAsync(page, "returned by hand");
        await Assertions.Expect(asked).ToContainTextAsync(waits);
        await TimeoutsDialog.HasNoViolationsAsync(opened, "dialog.operation");
        await asked.Locator(".receipt-link a").ClickAsync();
        // Behind an open dialog nothing takes the focus: what is typed there goes nowhere.
        await Assertions.Expect(page.Locator("dialog.operation")).ToBeHiddenAsync();
        await page.FillAsync("#approval-reason", "my own");
        await page.PressAsync("#approval-reason", "Enter");
        await Assertions.Expect(page.Locator("main [role=alert]")).ToBeVisibleAsync();
        (await UndecidedAsync()).ShouldBe(1, "nobody is their own second person");

        var cookie = await Visitors.SignInAsync(host.Address, Second, Password);
        await page.Context.AddCookiesAsync([new() { Name = ConsoleAuthentication.CookieName, Value = cookie!, Url = host.Address.ToString() }]);
        await page.ReloadAsync();
        await opened.UntilLiveAsync();
        await Assertions.Expect(page.Locator("#approval button[type=submit]")).ToHaveTextAsync(approve);
        await TimeoutsDialog.HasNoViolationsAsync(opened, "#approval");
        await page.FillAsync("#approval-reason", "seen at the bank");
        await page.Locator("#approval button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("#approval")).ToHaveCountAsync(0);
        await Eventually.HoldsAsync(async () => await UndecidedAsync() == 0, "the refund is written down");

        await page.Locator(".page-head a[href^='/audit?operation=']").ClickAsync();
        foreach (var (who, outcome) in new[] { (Visitors.Admin, AuditOutcome.Asked), (Visitors.Admin, AuditOutcome.Denied), (Second, AuditOutcome.Approved) })
            await Assertions.Expect(page.Locator($"#audit tbody tr:has([data-value={outcome}])", new() { HasText = who })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".page-head a[href*='format=csv']")).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex(@"operation=\d+$"));
        opened.Errors.ShouldBeEmpty();

        Task<int> UndecidedAsync() => host.Get<OrderDatabase>().ReadAsync(db => db.Payments.CountAsync(p => p.Outcome == PaymentOutcome.Late && p.Decision == null, Cancel));
    }
}

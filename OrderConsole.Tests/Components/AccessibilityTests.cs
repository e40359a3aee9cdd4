using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>The look at accessibility can see something.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(Browser browser, LiveConsole console)
{
    [Theory]
    [InlineData("<img src='/favicon.svg'>", "image-alt")]
    [InlineData("<p style='color:#ccc;background:#fff'>pale</p>", "color-contrast")]
    public async Task A_fault_that_is_put_into_a_page_is_found(string fault, string rule)
    {
        await using var opened = await browser.OpenAsync(new Uri(console.Host.Address, "locks"));
        await opened.UntilLiveAsync();
        await opened.Page.HasNoViolationsAsync();
        await opened.Page.EvaluateAsync("fault => document.querySelector('main').insertAdjacentHTML('beforeend', fault)", fault);
        (await Record.ExceptionAsync(() => opened.Page.HasNoViolationsAsync())).ShouldNotBeNull().Message.ShouldContain(rule);
    }
}

using Microsoft.Playwright;
using OrderConsole.Components.Operations;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>Goes through the dialog of an action as a person does.</summary>
internal static class TimeoutsDialog
{
    /// <summary>Clicks, answers what is asked, gives a reason, runs it and waits for the receipt; leaves it open.</summary>
    public static async Task<ILocator> RunAsync(IPage page, ILocator button, string reason, string? reference = null)
    {
        await button.ClickAsync();
        return await AnswerAsync(page, reason, reference);
    }

    public static async Task<ILocator> AnswerAsync(IPage page, string reason, string? reference = null)
    {
        if (reference is not null)
        {
            await page.Locator($"#{ParameterForm.Id}-reference").FillAsync(reference);
            await page.Keyboard.PressAsync("Enter");
        }
        var why = page.Locator($"#{ReasonForm.Id}-text");
        await why.FillAsync(reason);
        await page.Keyboard.PressAsync("Enter");
        var receipt = page.Locator("[data-step=Finished]");
        await Assertions.Expect(receipt).ToBeVisibleAsync(new() { Timeout = 15_000 });
        return receipt;
    }

    /// <summary>Clicks and waits for the preview; leaves it open.</summary>
    public static async Task<ILocator> PreviewAsync(IPage page, ILocator button)
    {
        await button.ClickAsync();
        var preview = page.Locator("[data-step=Preview]");
        await Assertions.Expect(preview).ToBeVisibleAsync(new() { Timeout = 15_000 });
        return preview;
    }

    public static async Task CloseAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog.operation")).ToBeHiddenAsync();
    }

    /// <summary>Looks at the page as it is, and once more in the dark.</summary>
    public static async Task HasNoViolationsAsync(BrowserPage opened, string settled)
    {
        await Assertions.Expect(opened.Page.Locator(settled).First).ToBeVisibleAsync();
        await opened.Page.HasNoViolationsAsync();
        await opened.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await opened.Page.HasNoViolationsAsync();
        await opened.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }
}

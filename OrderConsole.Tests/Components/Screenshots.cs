using Microsoft.Playwright;
using OrderConsole.Components.Layout;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>
/// Pictures of the screens for people to look at. Only on request (-explicit only): SCREENSHOTS names the folder,
/// SCREENSHOTS_OF a running console, SCREENSHOTS_USER and SCREENSHOTS_PASSWORD who looks (the tests' administrator unless told),
/// SCREENSHOTS_PATHS the pages, divided by blanks (all pages unless told).
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class Screenshots(Browser browser)
{
    /// <summary>The pages of who is not signed in yet; nothing is pushed to them.</summary>
    private static readonly string[] Plain = ["/sign-in", "/sign-in/second"];

    private static readonly string[] Deeper =
    [
        "/timeouts?state=dead", "/late-payments?tab=decided", "/jobs/running", "/jobs/history", "/jobs/failed", "/jobs/retries", "/jobs/missed", "/jobs/nodes", "/jobs/chart", "/jobs/drain", "/account", .. Plain,
    ];

    [Theory(Explicit = true)]
    [InlineData("light", "en-US", ColorScheme.Light, 1280)]
    [InlineData("dark", "en-US", ColorScheme.Dark, 1280)]
    [InlineData("chinese", "zh-CN", ColorScheme.Light, 1280)]
    [InlineData("narrow", "en-US", ColorScheme.Light, 900)]
    [InlineData("phone", "en-US", ColorScheme.Light, 390)]
    [InlineData("phone-chinese-dark", "zh-CN", ColorScheme.Dark, 390)]
    public async Task Of_pages(string name, string language, ColorScheme scheme, int width)
    {
        var folder = Asked("SCREENSHOTS");
        await using var opened = await OpenAsync(language, scheme, width);
        var paths = Environment.GetEnvironmentVariable("SCREENSHOTS_PATHS")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [.. ShellPages.All.Select(p => p.Url), .. Deeper, $"/orders/{await AnOrderAsync(opened.Page)}"];

        foreach (var path in paths)
        {
            await opened.Page.GotoAsync(path);
            if (!Plain.Contains(path)) await opened.UntilLiveAsync();
            await opened.Page.Locator(".skeleton").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
            if (path == "/") await opened.Page.WaitForFunctionAsync(Drawn);
            await opened.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{NameOf(path)}-{name}.png"), FullPage = width > 600 });
        }
        opened.Errors.ShouldBeEmpty();
    }

    // Charts know their width only after the first drawing; then they draw again.
    private const string Drawn = """
        () => [...document.querySelectorAll('#cancelled svg')].some(svg =>
            [...svg.querySelectorAll('path, line')].some(line => line.getBoundingClientRect().width > svg.getBoundingClientRect().width / 2))
        """;

    [Theory(Explicit = true)]
    [InlineData("light", "en-US", ColorScheme.Light, 1280)]
    [InlineData("chinese", "zh-CN", ColorScheme.Light, 1280)]
    [InlineData("phone-chinese-dark", "zh-CN", ColorScheme.Dark, 390)]
    public async Task Of_the_preview_of_an_action(string name, string language, ColorScheme scheme, int width)
    {
        var folder = Asked("SCREENSHOTS");
        await using var opened = await OpenAsync(language, scheme, width);
        await opened.Page.GotoAsync("/orders?status=pending");
        await opened.UntilLiveAsync();

        await opened.Page.Locator("#selection > button:not([data-action])").First.ClickAsync();
        await opened.Page.Locator("[data-action=cancel_orders]").ClickAsync();
        await opened.Page.Locator("[data-step=Preview] .frozen tbody tr").First.WaitForAsync();
        await opened.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"preview-{name}.png") });
    }

    [Theory(Explicit = true)]
    [InlineData("light", "en-US", ColorScheme.Light, 1280)]
    [InlineData("dark", "en-US", ColorScheme.Dark, 1280)]
    [InlineData("phone-chinese-dark", "zh-CN", ColorScheme.Dark, 390)]
    public async Task Of_what_the_shell_opens(string name, string language, ColorScheme scheme, int width)
    {
        var folder = Asked("SCREENSHOTS");
        await using var opened = await OpenAsync(language, scheme, width);
        await opened.UntilLiveAsync();

        await opened.Page.Keyboard.PressAsync("?");
        await opened.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"help-{name}.png") });
        await opened.Page.Keyboard.PressAsync("Escape");
        await opened.Page.Keyboard.PressAsync("Control+k");
        await opened.Page.Keyboard.TypeAsync("2");
        await opened.Page.Locator("#command-list .mono").First.WaitForAsync();
        await opened.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"commands-{name}.png") });
        await opened.Page.Keyboard.PressAsync("Escape");
        await opened.Page.Locator("#live-switch").ClickAsync();
        await opened.Page.Locator("#live .is-paused").WaitForAsync();
        if (width < 600) await opened.Page.Locator(".menu").ClickAsync();
        await opened.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"paused-{name}.png") });
    }

    private async Task<BrowserPage> OpenAsync(string language, ColorScheme scheme, int width)
    {
        var address = new Uri(Asked("SCREENSHOTS_OF"));
        var (user, password) = (Environment.GetEnvironmentVariable("SCREENSHOTS_USER") ?? Visitors.Admin, Environment.GetEnvironmentVariable("SCREENSHOTS_PASSWORD") ?? Visitors.Password);
        var opened = await browser.OpenAsync(address, language, scheme, width, signedIn: false);
        await opened.Page.Context.AddCookiesAsync([await Visitors.CookieAsync(address, user, password)]);
        await opened.Page.GotoAsync("/");
        return opened;
    }

    private static async Task<string> AnOrderAsync(IPage page)
    {
        var answer = await page.Context.APIRequest.GetAsync("/api/orders?status=Cancelled&pageSize=1");
        return (await answer.JsonAsync())!.Value.GetProperty("items")[0].GetProperty("orderNo").GetString()!;
    }

    private static string Asked(string variable) => Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException("SCREENSHOTS names the folder for the pictures, SCREENSHOTS_OF a running console.");

    private static string NameOf(string path) => path.Trim('/') is { Length: > 0 } page ? string.Concat(page.Select(c => char.IsLetterOrDigit(c) ? c : '-')) : "overview";
}

using Microsoft.Playwright;

namespace OrderConsole.Tests.Support;

/// <summary>A headless Chromium for all browser tests; each takes a page of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright _playwright = default!;
    private IBrowser _browser = default!;

    public async ValueTask InitializeAsync()
    {
        // How long a page takes is measured where it is promised; elsewhere a busy machine is no fault.
        Assertions.SetDefaultExpectTimeout((float)Eventually.Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    /// <summary>A page in a context of its own, by default the administrator's, with what went wrong in it.</summary>
    public async Task<BrowserPage> OpenAsync(Uri address, string language = "en-US", ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 900,
        bool signedIn = true)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(), Locale = language, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = height },
        });
        if (signedIn) await context.AddCookiesAsync([await Visitors.CookieAsync(address)]);
        return await BrowserPage.OpenAsync(context, address);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>One page, and everything that a page must not do.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private BrowserPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }
    /// <summary>Errors in the console and uncaught exceptions.</summary>
    public List<string> Errors { get; } = [];
    /// <summary>Requests to anybody but the console.</summary>
    public List<string> ForeignRequests { get; } = [];

    internal static async Task<BrowserPage> OpenAsync(IBrowserContext context, Uri address)
    {
        var page = new BrowserPage(context, await context.NewPageAsync());
        page.Page.Console += (_, message) => { if (message.Type is "error" or "warning") page.Errors.Add($"{message.Type}: {message.Text} {message.Location}"); };
        page.Page.PageError += (_, error) => page.Errors.Add(error);
        page.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.GetLeftPart(UriPartial.Authority) + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                page.ForeignRequests.Add(request.Url);
        };
        await page.Page.GotoAsync(address.ToString());
        return page;
    }

    /// <summary>Waits until figures are being pushed: what is there before is only the first picture.</summary>
    public Task UntilLiveAsync() => Page.Locator("#live.on").WaitForAsync(new() { Timeout = 20_000 });

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        ForeignRequests.ShouldBeEmpty("users may be offline");
    }
}

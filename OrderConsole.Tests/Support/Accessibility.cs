using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace OrderConsole.Tests.Support;

/// <summary>What axe has against a page: WCAG 2.1 A and AA, and its own rules of good practice.</summary>
internal static class Accessibility
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    // Only what is wrong is described: to describe all that is right takes longer than to look.
    private const string Run = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(v => `${v.id}: ${v.help}\n  ${v.nodes.map(n => n.html).join('\n  ')}`)
        """;

    public static async Task HasNoViolationsAsync(this IPage page, string where = "")
    {
        // A page on its way from one theme to the other has the contrast of neither.
        await page.WaitForFunctionAsync("""
            () => [...document.querySelectorAll('link[rel=stylesheet]')].every(sheet => sheet.sheet) && !document.getAnimations().some(a => a instanceof CSSTransition)
            """);
        // In the page itself, which has no frames; the package's own way opens a second page for each look.
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Script);
        (await page.EvaluateAsync<string[]>(Run)).Select(v => $"{where} {v}").ShouldBeEmpty();
    }
}

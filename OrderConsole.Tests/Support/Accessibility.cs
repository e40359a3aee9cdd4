using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OrderConsole.Tests.Support;

/// <summary>What axe has against a page: WCAG 2.1 A and AA, and its own rules of good practice.</summary>
internal static class Accessibility
{
    // Only what is wrong is described: to describe all that is right takes longer than to look.
    private static readonly AxeRunOptions Options = new() { ResultTypes = [ResultType.Violations] };

    public static async Task HasNoViolationsAsync(this IPage page, string where = "")
    {
        // A page on its way from one theme to the other has the contrast of neither.
        await page.WaitForFunctionAsync("""
            () => [...document.querySelectorAll('link[rel=stylesheet]')].every(sheet => sheet.sheet) && !document.getAnimations().some(a => a instanceof CSSTransition)
            """);
        (await page.RunAxe(Options)).Violations.Select(v => $"{where} {v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Select(n => n.Html))}").ShouldBeEmpty();
    }
}

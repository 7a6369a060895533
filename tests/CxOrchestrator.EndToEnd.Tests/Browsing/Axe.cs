using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CxOrchestrator.EndToEnd.Tests.Browsing;

/// <summary>What the accessibility checker axe says about a page.</summary>
internal static class Axe
{
    /// <summary>Opens an address with a colour scheme and a width; axe must find no violation in it.</summary>
    public static async Task FindsNothingAsync(IBrowser browser, Uri address, ColorScheme scheme = ColorScheme.Light, int width = 320)
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 640 },
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.AbsoluteUri);
        await FindsNothingAsync(page, $"{address.PathAndQuery} in {scheme}");
    }

    /// <summary>Looks at a page that is open.</summary>
    /// <param name="page">The page.</param>
    /// <param name="what">How a message calls it.</param>
    /// <param name="isMail">Whether it is a mail, which has no landmarks since it stands inside a page of the mail program.</param>
    public static async Task FindsNothingAsync(IPage page, string what, bool isMail = false)
    {
        var options = new AxeRunOptions();
        if (isMail)
            options.RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
        // A frame without scripts can't be looked into, and never answers.
        var frames = await page.Locator("iframe").CountAsync() > 0;
        var result = frames ? await page.RunAxe(new AxeRunContext { Exclude = [new AxeSelector("iframe")] }, options) : await page.RunAxe(options);
        Assert.NotEmpty(result.Passes);
        Assert.True(result.Violations.Length == 0, $"{what}: {string.Join("\n", result.Violations.Select(Text))}");
    }

    private static string Text(AxeResultItem item) =>
        $"{item.Id} ({item.Impact}): {item.Help}: {string.Join(" | ", item.Nodes.Select(node => $"{node.Html} {string.Join(", ", node.Any.Select(check => check.Message))}"))}";
}

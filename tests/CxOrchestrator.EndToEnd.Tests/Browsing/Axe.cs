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
    public static async Task FindsNothingAsync(IPage page, string what)
    {
        var result = await page.RunAxe();
        Assert.NotEmpty(result.Passes);
        Assert.True(result.Violations.Length == 0, $"{what}: {string.Join("\n", result.Violations.Select(Text))}");
    }

    private static string Text(AxeResultItem item) =>
        $"{item.Id} ({item.Impact}): {item.Help}: {string.Join(" | ", item.Nodes.Select(node => $"{node.Html} {string.Join(", ", node.Any.Select(check => check.Message))}"))}";
}

using CxOrchestrator.TestKit;
using Microsoft.Playwright;

namespace CxOrchestrator.EndToEnd.Tests.Browsing;

/// <summary>The page that a simulation writes: opened from the file, as marketing ops hand it round; before axe, by keyboard, on a small phone, and in a page that reads from right to left.</summary>
[Collection(BrowserRig.Collection)]
public sealed class SimulationPageTests(BrowserRig rig)
{
    private const int MostPresses = 60;

    [SkippableFact]
    public async Task Axe_finds_nothing_to_blame_in_it()
    {
        var (browser, address) = await SimulatedAsync();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (var width in (int[])[320, 1280])
            {
                await Axe.FindsNothingAsync(browser, address, scheme, width);
                await using var context = await OpenAsync(browser, width, scheme);
                var page = await GoAsync(context, address);
                foreach (var numbers in await page.Locator("summary").AllAsync())
                    await numbers.ClickAsync();
                await Axe.FindsNothingAsync(page, $"the page with all its numbers in {scheme}");
                await FitsAsync(page, width);
                Assert.True(await ShortestLetterAsync(page) >= 9, $"Letters of a chart are too small to be read at {width}.");
            }
        }
    }

    [SkippableFact]
    public async Task All_of_it_is_reached_by_keyboard_alone_and_what_has_the_focus_shows_it()
    {
        var (browser, address) = await SimulatedAsync();
        await using var context = await OpenAsync(browser, 320);
        var page = await GoAsync(context, address);
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#main$"));

        var reached = new List<string>();
        for (var press = 0; press < MostPresses; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            var (name, outlined) = await FocusAsync(page);
            if (name.Length == 0)
                break;
            Assert.True(outlined, $"{name} has the focus and doesn't show it.");
            reached.Add(name);
            if (name == "SUMMARY The numbers")
                await page.Keyboard.PressAsync("Enter");
        }

        Assert.Equal(await page.Locator("summary").CountAsync(), await page.Locator("details[open]").CountAsync());
        // Each thing that may be too wide for the screen can be scrolled by whoever has no mouse.
        var wide = await page.Locator(".wide").EvaluateAllAsync<string[]>("all => all.map(one => `DIV ${one.getAttribute('aria-label')}`)");
        Assert.True(wide.Length >= 6, $"{wide.Length} regions are too few for a page with charts and tables.");
        Assert.Equal(wide, reached.Where(name => name.StartsWith("DIV ", StringComparison.Ordinal)));
        Assert.Equal(wide.Length, wide.Distinct().Count());
    }

    [SkippableFact]
    public async Task Read_from_right_to_left_nothing_is_lost_of_it()
    {
        var (browser, address) = await SimulatedAsync();
        await using var context = await OpenAsync(browser, 320);
        var page = await GoAsync(context, address);
        // No word of a table's head is broken in two: the table is scrolled instead.
        Assert.Equal(1, await page.Locator("th:text-is('SMS')").EvaluateAsync<int>("head => { const text = document.createRange(); text.selectNodeContents(head); return text.getClientRects().length; }"));
        await page.EvaluateAsync("document.documentElement.dir = 'rtl'");
        Assert.Equal("ltr", await page.Locator("svg.chart").First.EvaluateAsync<string>("chart => getComputedStyle(chart).direction"));
        Assert.Equal("right", await page.Locator("caption").First.EvaluateAsync<string>("caption => getComputedStyle(caption).textAlign.replace('start', getComputedStyle(caption).direction === 'rtl' ? 'right' : 'left')"));
        await FitsAsync(page, 320);
        await Axe.FindsNothingAsync(page, "the page from right to left");
    }

    private static async Task<IPage> GoAsync(IBrowserContext context, Uri address)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.AbsoluteUri);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("post-delivery-nps");
        await Assertions.Expect(page.Locator("#diff")).ToBeVisibleAsync();
        return page;
    }

    private static Task<IBrowserContext> OpenAsync(IBrowser browser, int width, ColorScheme scheme = ColorScheme.Light) =>
        browser.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 640 } });

    private static async Task FitsAsync(IPage page, int width) =>
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"The page scrolls sideways at {width}.");

    // Of charts, in pixels of the screen; they are pictures, whose letters shrink with them.
    private static Task<double> ShortestLetterAsync(IPage page) => page.Locator("svg.chart").EvaluateAllAsync<double>(
        "charts => Math.min(...charts.map(chart => parseFloat(getComputedStyle(chart.querySelector('text')).fontSize) * chart.getBoundingClientRect().width / chart.viewBox.baseVal.width))");

    // What has the focus by its name, empty for nothing, and whether it is outlined.
    private static async Task<(string Name, bool Outlined)> FocusAsync(IPage page)
    {
        var told = await page.EvaluateAsync<string[]>(
            "() => { const at = document.activeElement; return at === document.body ? ['', ''] : [`${at.tagName} ${at.getAttribute('aria-label') ?? at.textContent}`, getComputedStyle(at).outlineStyle]; }");
        return (told[0], told[1] is not ("" or "none"));
    }

    // The published journey with another way to send, simulated on the shop's own customers, beside what is in force.
    private async Task<(IBrowser Browser, Uri Page)> SimulatedAsync()
    {
        var (invited, browser) = await rig.ReadyAsync();
        var (file, page) = (Path.Combine(invited.Shop.Folder, "post-delivery-nps.yaml"), Path.Combine(invited.Shop.Folder, "simulated.html"));
        if (!File.Exists(page))
        {
            var text = await File.ReadAllTextAsync(Repository.PathOf("templates", "journeys", "post-delivery-nps.yaml"));
            await File.WriteAllTextAsync(file, text.Replace("via: [ email, sms ]", "via: [ sms ]", StringComparison.Ordinal));
            await invited.Shop.DoAsync("journeys", "simulate", file, "--days", "28", "--rate", "nps=50%", "--page", page);
        }

        return (browser, new Uri(page));
    }
}

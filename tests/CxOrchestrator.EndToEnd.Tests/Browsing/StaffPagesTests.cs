using Microsoft.Playwright;

namespace CxOrchestrator.EndToEnd.Tests.Browsing;

/// <summary>Pages that the company's own people and leaving customers see, before axe, in both colour schemes, on a small phone and on a desk.</summary>
[Collection(BrowserRig.Collection)]
public sealed class StaffPagesTests(BrowserRig rig)
{
    [SkippableTheory]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 320)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task Axe_finds_nothing_to_blame(ColorScheme scheme, int width)
    {
        var (invited, browser) = await rig.ReadyAsync();
        var customer = BrowserRig.Other("looked-at");
        await AnswerAsync(browser, (await invited.SurveyLinkAsync(customer)).AbsoluteUri);
        await invited.EntryAsync(customer, "case");
        var timeline = await invited.PageOfAsync(customer);
        var unsubscribe = await invited.UnsubscribeLinkAsync(customer);

        foreach (var path in (string[])["/", "/customers", "/customers?q=nobody-has-this-name", "/cases", "/cases?state=Solved", "/outbox", "/login", "/nowhere"])
            await Axe.FindsNothingAsync(browser, new Uri(invited.Shop.Url, path), scheme, width);
        await Axe.FindsNothingAsync(browser, timeline, scheme, width);
        await Axe.FindsNothingAsync(browser, await invited.MailPageAsync(customer), scheme, width);
        await Axe.FindsNothingAsync(browser, unsubscribe, scheme, width);
    }

    [SkippableFact]
    public async Task Axe_finds_nothing_to_blame_in_the_mail_itself_in_any_language()
    {
        var (invited, browser) = await rig.ReadyAsync();
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 320, Height = 640 } });
        var page = await context.NewPageAsync();
        foreach (var customer in BrowserRig.Speakers)
        {
            await page.SetContentAsync(await invited.MailAsync(customer));
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, $"The mail to {customer.Name} scrolls sideways.");
            await Axe.FindsNothingAsync(page, $"the mail to {customer.Name}", isMail: true);
        }
    }

    // A tap on a number in the mail, one on the button, and once more for somebody so quick.
    private static async Task AnswerAsync(IBrowser browser, string link)
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{link}?score=2");
        for (var press = 0; press < 100 && !page.Url.Contains("thanks", StringComparison.Ordinal); press++)
            await page.ToNextAsync(() => page.Locator("button[type=submit]").ClickAsync());
        Assert.Contains("thanks=1", page.Url, StringComparison.Ordinal);
    }
}

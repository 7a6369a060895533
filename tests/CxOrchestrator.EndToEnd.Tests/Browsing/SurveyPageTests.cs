using CxOrchestrator.EndToEnd.Tests.Invitations;
using Microsoft.Playwright;

namespace CxOrchestrator.EndToEnd.Tests.Browsing;

/// <summary>A survey as customers meet it: the mail, the page on a small phone without script, the keyboard, the thanks; in every language.</summary>
[Collection(BrowserRig.Collection)]
public sealed class SurveyPageTests(BrowserRig rig)
{
    private const int MostPresses = 100;

    private static readonly BrowserNewContextOptions SmallPhoneWithoutScript = new()
    {
        JavaScriptEnabled = false, ViewportSize = new ViewportSize { Width = 320, Height = 640 },
    };

    [SkippableTheory]
    [InlineData("emma", 9, "Arrived early, thank you!")]
    [InlineData("somchai", 3, "กล่องบุบและมาช้าไปสามวัน")]
    [InlineData("sara", 6, "بسته‌بندی پاره بود.")]
    [InlineData("wangwei", 10, "很满意，下次还会来。")]
    [InlineData("joao", 0, "Não chegou tudo o que comprei.")]
    public async Task A_mail_leads_to_a_survey_that_is_answered_by_keyboard_alone_and_the_answer_stands_on_the_timeline(string id, int score, string comment)
    {
        var (invited, browser) = await rig.ReadyAsync();
        var customer = BrowserRig.Speakers.Single(one => one.Id == id);
        await using var context = await browser.NewContextAsync(SmallPhoneWithoutScript);
        var page = await context.NewPageAsync();

        var link = await LinkInOutboxAsync(page, invited, customer);
        await page.GotoAsync(link);
        await CheckLookAsync(page, customer);
        await Axe.FindsNothingAsync(browser, new Uri(link));
        await Axe.FindsNothingAsync(browser, new Uri(link), ColorScheme.Dark);

        await AnswerByKeyboardAsync(page, score, comment);
        await CheckLookAsync(page, customer);
        await Axe.FindsNothingAsync(browser, new Uri(page.Url));
        await Axe.FindsNothingAsync(browser, new Uri(page.Url), ColorScheme.Dark);

        await invited.EntryAsync(customer, "response");
        if (score <= 6)
            await invited.EntryAsync(customer, "case");
        await CheckTimelineAsync(page, await invited.PageOfAsync(customer), score, comment);
        Assert.Equal(score <= 6, (await invited.TimelineAsync(customer)).Any(entry => entry.GetProperty("kind").GetString() == "case"));
    }

    [SkippableFact]
    public async Task A_page_that_asks_for_what_is_missing_says_so_to_everybody()
    {
        var (invited, browser) = await rig.ReadyAsync();
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 320, Height = 640 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync((await invited.SurveyLinkAsync(BrowserRig.Other("looked-at"))).AbsoluteUri);

        await page.Locator("button[type=submit]").ClickAsync();

        await Assertions.Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Erro: "));
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Escolha um número de 0 a 10.");
        await Assertions.Expect(page.Locator("[role=radiogroup][aria-invalid=true]")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(page, "the page with an error");
    }

    private static async Task<string> LinkInOutboxAsync(IPage page, InvitedShop invited, Someone customer)
    {
        await page.GotoAsync(new Uri(invited.Shop.Url, "/outbox").AbsoluteUri);
        await page.Locator("li", new PageLocatorOptions { HasText = customer.Name }).GetByRole(AriaRole.Link).ClickAsync();
        var mail = page.FrameLocator("iframe");
        await Assertions.Expect(mail.Locator("h1")).ToBeVisibleAsync();
        await Assertions.Expect(mail.Locator("body")).ToContainTextAsync(customer.Name.Split(' ')[0]);
        await Assertions.Expect(mail.Locator("html")).ToHaveAttributeAsync("lang", new System.Text.RegularExpressions.Regex($"^{customer.Language}"));
        Assert.Equal(11, await mail.Locator("a[href*='?score=']").CountAsync());
        return (await mail.Locator("a[href*='/s/']:not([href*='?'])").First.GetAttributeAsync("href"))!;
    }

    private static async Task CheckLookAsync(IPage page, Someone customer)
    {
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", customer.Language);
        Assert.Equal(customer.Direction, await page.Locator("html").GetAttributeAsync("dir") ?? "ltr");
        Assert.Equal(customer.Direction, await page.EvaluateAsync<string>("getComputedStyle(document.body).direction"));
        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.clientWidth"));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, "The page scrolls sideways.");
    }

    private static async Task AnswerByKeyboardAsync(IPage page, int score, string comment)
    {
        await TabToAsync(page, "score-0");
        await page.Keyboard.PressAsync("Space");
        for (var press = 0; press < score; press++)
            await page.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, "comment");
        await page.Keyboard.TypeAsync(comment);
        // Somebody as quick as this test is asked to press once more; all that was entered is kept.
        for (var press = 0; press < MostPresses && !page.Url.Contains("thanks", StringComparison.Ordinal); press++)
        {
            await TabToAsync(page, "");
            await page.ToNextAsync(() => page.Keyboard.PressAsync("Enter"));
        }

        Assert.Contains("thanks=1", page.Url, StringComparison.Ordinal);
    }

    // The button alone has no id.
    private static async Task TabToAsync(IPage page, string id)
    {
        var focused = "";
        for (var press = 0; press < 10; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            focused = await page.EvaluateAsync<string>("document.activeElement.tagName + '#' + document.activeElement.id");
            if (id.Length > 0 ? focused.EndsWith($"#{id}", StringComparison.Ordinal) : focused == "BUTTON#")
                return;
        }

        Assert.Fail($"The tab key does not lead to {id}, but to {focused}.");
    }

    private static async Task CheckTimelineAsync(IPage page, Uri address, int score, string comment)
    {
        await page.GotoAsync(address.AbsoluteUri);
        var kind = score >= 9 ? "promoter" : score >= 7 ? "passive" : "detractor";
        await Assertions.Expect(page.Locator(".person .chip")).ToHaveTextAsync($"{score} · {kind}");
        var answer = page.Locator("li.entry", new PageLocatorOptions { Has = page.Locator("blockquote") });
        await Assertions.Expect(answer.Locator("blockquote")).ToHaveTextAsync(comment);
        await Assertions.Expect(answer.Locator(".chip").First).ToHaveTextAsync($"{score} · {kind}");
    }
}

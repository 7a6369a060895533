using System.Net;
using System.Text.Json;
using CxOrchestrator.EndToEnd.Tests.Invitations;
using Microsoft.Playwright;

namespace CxOrchestrator.EndToEnd.Tests.Browsing;

/// <summary>What opening the links of a mail does, and what it must not do.</summary>
[Collection(BrowserRig.Collection)]
public sealed class LinksInMailTests(BrowserRig rig)
{
    [SkippableFact]
    public async Task A_number_in_the_mail_only_preselects_however_often_it_is_opened()
    {
        var (invited, browser) = await rig.ReadyAsync();
        var customer = BrowserRig.Other("onetap");
        var before = await TimelineTextAsync(invited, customer);
        var link = new Uri(await invited.SurveyLinkAsync(customer) + "?score=9");
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();

        for (var opening = 0; opening < 3; opening++)
            await page.GotoAsync(link.AbsoluteUri);
        using var head = new HttpRequestMessage(HttpMethod.Head, link);
        using var answer = await invited.Shop.Http.SendAsync(head);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(await page.Locator("#score-9").IsCheckedAsync());
        Assert.Equal(1, await page.Locator("input:checked").CountAsync());
        Assert.Equal(before, await TimelineTextAsync(invited, customer));
    }

    [SkippableFact]
    public async Task A_scanner_that_opens_every_link_answers_nothing_and_unsubscribes_nobody()
    {
        var (invited, _) = await rig.ReadyAsync();
        var customer = BrowserRig.Other("scanned");
        var before = await TimelineTextAsync(invited, customer);
        var links = InvitedShop.LinksIn(await invited.MailAsync(customer));
        Assert.Equal(13, links.Count);

        foreach (var (link, method) in links.SelectMany(link => new[] { (link, HttpMethod.Head), (link, HttpMethod.Get), (link, HttpMethod.Get) }))
        {
            using var request = new HttpRequestMessage(method, link);
            using var answer = await invited.Shop.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(before, await TimelineTextAsync(invited, customer));
        Assert.Contains("Nothing said yet", await invited.Shop.Http.GetStringAsync(await invited.PageOfAsync(customer)), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Leaving_takes_a_press_of_the_button_and_coming_back_another()
    {
        var (invited, browser) = await rig.ReadyAsync();
        var customer = BrowserRig.Other("leaving");
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            JavaScriptEnabled = false, ViewportSize = new ViewportSize { Width = 320, Height = 640 },
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync((await invited.UnsubscribeLinkAsync(customer)).AbsoluteUri);
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, "The page scrolls sideways.");
        Assert.Empty(await ConsentAsync(invited, customer));

        await page.Keyboard.PressAsync("Tab");
        await page.ToNextAsync(() => page.Keyboard.PressAsync("Enter"));
        Assert.Equal("withdrawn", Assert.Single(await ConsentAsync(invited, customer)));
        await Axe.FindsNothingAsync(browser, new Uri(page.Url));
        await Axe.FindsNothingAsync(browser, new Uri(page.Url), ColorScheme.Dark);

        await page.Keyboard.PressAsync("Tab");
        await page.ToNextAsync(() => page.Keyboard.PressAsync("Enter"));
        Assert.Equal(["given", "withdrawn"], await ConsentAsync(invited, customer));
    }

    [SkippableFact]
    public async Task One_click_of_a_mail_program_withdraws_at_once_and_may_be_repeated()
    {
        var (invited, _) = await rig.ReadyAsync();
        var customer = BrowserRig.Other("oneclick");
        var link = await invited.UnsubscribeLinkAsync(customer);

        for (var click = 0; click < 2; click++)
        {
            using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var answer = await invited.Shop.Http.PostAsync(link, form);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal("withdrawn", Assert.Single(await ConsentAsync(invited, customer)));
        Assert.Contains("feedback by email: withdrawn", await invited.Shop.Http.GetStringAsync(await invited.PageOfAsync(customer)), StringComparison.Ordinal);
    }

    private static async Task<string> TimelineTextAsync(InvitedShop invited, Someone customer) => JsonSerializer.Serialize(await invited.TimelineAsync(customer));

    private static async Task<IReadOnlyList<string>> ConsentAsync(InvitedShop invited, Someone customer) =>
        [.. (await invited.TimelineAsync(customer)).Where(entry => entry.GetProperty("kind").GetString() == "consent").Select(entry => entry.GetProperty("state").GetString()!)];
}

using CxOrchestrator.EndToEnd.Tests.Answers;
using CxOrchestrator.EndToEnd.Tests.Invitations;
using CxOrchestrator.EndToEnd.Tests.Running;
using CxOrchestrator.TestKit;
using Microsoft.Playwright;

namespace CxOrchestrator.EndToEnd.Tests.Browsing;

/// <summary>
/// One customer's whole story on one page: an order, an unhappy answer, its case, and an answer that shows it was put right. With
/// <c>CXO_WRITE_PICTURES=1</c> in the environment the page with the case becomes the picture of the README.
/// </summary>
public sealed class TimelineTests
{
    private const string Late = "The parcel came five days late, and one cup was broken.";
    private const string PutRight = "A new cup the next morning, and a kind call. Thank you!";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly Someone Anna = new("anna", "Anna Clarke", "en-GB", "Europe/Berlin");

    [SkippableFact]
    public async Task A_story_from_an_order_to_a_case_put_right_stands_on_one_page()
    {
        var chromium = Needs.Chromium();
        await using var invited = await InvitedShop.OpenAsync(Anna);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(BrowserRig.LaunchOptions(chromium));
        var page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = 900, Height = 700 }, DeviceScaleFactor = 1.5f, ColorScheme = ColorScheme.Light,
        });

        await ComplainAsync(invited);
        await page.GotoAsync((await invited.PageOfAsync(Anna)).AbsoluteUri);
        await Assertions.Expect(page.Locator(".person .chip")).ToHaveTextAsync("4 · detractor");
        await PictureAsync(page);

        await BePutRightAsync(invited);
        await page.GotoAsync((await invited.PageOfAsync(Anna)).AbsoluteUri);
        await Assertions.Expect(page.Locator(".person .chip")).ToHaveTextAsync("5 of 5");
        Assert.Equal([PutRight, Late], await page.Locator("blockquote").AllTextContentsAsync());
        foreach (var (kind, times) in new[] { ("Event:", 2), ("E-mail:", 3), ("Answer:", 2), ("Case:", 1) })
            Assert.Equal(times, await page.Locator("li.entry h3", new PageLocatorOptions { HasText = kind }).CountAsync());
    }

    private static async Task ComplainAsync(InvitedShop invited)
    {
        await new AnsweringCustomer(invited.Shop.Http).AnswerAsync(await invited.SurveyLinkAsync(Anna), 4, Late);
        await invited.Shop.UntilAsync(books => books.In("accepted") == 2 && books.Quiet && books.Cases.GetValueOrDefault("open") == 1, Limit);
    }

    private static async Task BePutRightAsync(InvitedShop invited)
    {
        await invited.MoveOnAsync(TimeSpan.FromHours(20));
        var (status, body) = await invited.Source.PostAsync(invited.Shop, invited.Source.Event("ticket-1", "ticket.solved", Anna.Id));
        Assert.True(status == System.Net.HttpStatusCode.OK, $"{status}: {body}");
        await invited.Shop.UntilAsync(books => books.EnrolmentsByEvent == 2, Limit);
        await invited.MoveOnAsync(TimeSpan.FromHours(2.2));
        await invited.Shop.UntilAsync(books => books.In("accepted") == 3 && books.Quiet, Limit);
        await new AnsweringCustomer(invited.Shop.Http).AnswerAsync(await invited.SurveyLinkAsync(Anna, newest: true), 5, PutRight);
        await invited.Shop.UntilAsync(books => books.Responses == 2 && books.Quiet, Limit);
    }

    private static async Task PictureAsync(IPage page)
    {
        // As tall as what stands on it.
        var height = await page.EvaluateAsync<int>("Math.ceil(document.querySelector('main').lastElementChild.getBoundingClientRect().bottom)");
        await page.SetViewportSizeAsync(900, height);
        var picture = await page.ScreenshotAsync();
        if (Environment.GetEnvironmentVariable("CXO_WRITE_PICTURES") == "1")
            await File.WriteAllBytesAsync(Repository.PathOf("docs", "timeline.png"), picture);
    }
}

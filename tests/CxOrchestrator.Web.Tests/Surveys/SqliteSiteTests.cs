using System.Net;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Books;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Storage;
using CxOrchestrator.TestKit;
using CxOrchestrator.Web.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Web.Tests.Surveys;

/// <summary>The pages over the real store.</summary>
public sealed class SqliteSiteTests
{
    [Fact]
    public async Task An_answer_a_change_and_an_unsubscribe_stand_on_the_timeline_and_the_books_balance()
    {
        using var folder = new TemporaryFolder();
        await using var site = await TestSite.StartAsync(configure: services => services.AddSqliteStorage(folder.PathOf("cxo.db")));
        var (customer, survey, unsubscribe) = await AskAsync(site);

        foreach (var (score, comment) in new[] { ("9", "good"), ("9", "good"), ("3", "ช้ามาก <b>") })
        {
            var form = await site.GetAsync(survey);
            site.Machine.Advance(TimeSpan.FromSeconds(2));
            site.Customers.Advance(TimeSpan.FromSeconds(2));
            var sent = await site.PostAsync(survey, ("form", form.Field("form")!), ("lang", form.Field("lang")!), ("score", score), ("comment", comment));
            Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(unsubscribe, ("List-Unsubscribe", "One-Click"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(unsubscribe, ("List-Unsubscribe", "One-Click"))).Status);

        var page = await site.GetAsync($"/customers/{customer:N}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("ช้ามาก <b>", page.Document.QuerySelector("blockquote")!.TextContent);
        Assert.Contains("3 · detractor", page.Html, StringComparison.Ordinal);
        Assert.Contains("feedback by email: withdrawn", page.Document.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        var books = await site.Services.GetRequiredService<IBooksStore>().ReadAsync(CancellationToken.None);
        Assert.Equal((1, 2, 2, 2), (books.Responses, books.ResponseRevisions, books.AnswerEvents, books.AnswerWriteBacks));
        Assert.Equal(1, books.Cases.Values.Sum());
        Assert.Empty(books.Faults());
        Assert.Contains("detractor", (await site.GetAsync("/cases")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/health")).Status);
        Assert.Single((await site.GetAsync("/customers?q=%E0%B8%AA%E0%B8%A1")).Document.QuerySelectorAll(".list a.main"));
    }

    [Fact]
    public async Task Sixteen_presses_at_once_on_the_real_store_are_one_answer()
    {
        using var folder = new TemporaryFolder();
        await using var site = await TestSite.StartAsync(configure: services => services.AddSqliteStorage(folder.PathOf("cxo.db")));
        var (_, survey, _) = await AskAsync(site);
        var form = (await site.GetAsync(survey)).Field("form")!;
        site.Machine.Advance(TimeSpan.FromSeconds(2));

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
            Assert.Equal(HttpStatusCode.SeeOther, (await site.PostAsync(survey, ("form", form), ("score", "7"))).Status)));

        var books = await site.Services.GetRequiredService<IBooksStore>().ReadAsync(CancellationToken.None);
        Assert.Equal((1, 1, 1), (books.ResponseRevisions, books.AnswerEvents, books.AnswerWriteBacks));
    }

    private static async Task<(Guid Customer, string Survey, string Unsubscribe)> AskAsync(TestSite site)
    {
        await site.Services.GetRequiredService<ISchema>().MigrateAsync(CancellationToken.None);
        var now = site.Customers.GetUtcNow();
        var added = await site.Services.GetRequiredService<ICustomerStore>().UpsertAsync(
            [new CustomerDraft([new ExternalId("shop", "c-1")], "สมชาย ใจดี", "สมชาย", "th-TH", "Asia/Bangkok", [new ContactPoint(Channel.Email, "s@example.com")], Json.EmptyObject)],
            now, CancellationToken.None);
        var invitation = A.Invitation(added[0].Id, now) with { EnrolmentId = null, DeliveryId = null };
        await site.Services.GetRequiredService<IWork>().CommitAsync(new Effects { Invitations = [invitation] }, CancellationToken.None);
        site.Content.Surveys["nps"] = A.Nps("answer.score <= 6");
        return (added[0].Id, new Uri(site.Links.Survey(invitation.Id)).AbsolutePath, new Uri(site.Links.Unsubscribe(added[0].Id, Channel.Email, Purpose.Feedback)).AbsolutePath);
    }
}

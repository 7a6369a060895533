using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Engine.Import;

namespace CxOrchestrator.Engine.Tests.Starters;

/// <summary>Anna's contract is due on 2 May 2026, a Saturday.</summary>
public sealed class RenewalTests
{
    private const string Due = """{ "renewal_date": "2026-05-02" }""";

    [Fact]
    public async Task Who_renews_after_the_notice_hears_no_more_of_it()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync(attributes: Due);
        await shop.ToAsync("2026-04-02 09:59");
        Assert.Empty(shop.Mails);
        await shop.ToAsync("2026-04-02 10:00");
        var notice = Assert.Single(shop.Mails);
        Assert.Equal(Letter.Subject("renewal-notice"), notice.Subject);
        Assert.Contains("due for renewal on 2 May 2026.", notice.Text, StringComparison.Ordinal);
        var walk = await shop.WalkAsync(anna, "renewal");
        await shop.ToAsync("2026-04-04 12:00");
        await RenewAsync(shop, "2027-05-02");
        walk = await shop.World.EnrolmentAsync(walk.Id);
        Assert.Equal(("renewed", shop.World.Now), (walk.Reason, walk.GoalAt));
        await shop.ToAsync("2027-04-02 09:59");
        Assert.Equal((1, 0), (shop.Mails.Count, (await shop.CasesAsync()).Count));

        // The next date is another walk.
        await shop.ToAsync("2027-04-02 10:00");
        Assert.Contains("2 May 2027", shop.Mails[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_says_nothing_is_asked_and_reminded_a_week_before_the_day()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync(attributes: Due);
        var walk = await AskedAsync(shop, anna);
        await shop.AnswerAsync(shop.Mails[1].Text, 4);
        await shop.ToAsync("2026-04-25 09:59");
        Assert.Equal(2, shop.Mails.Count);
        await shop.ToAsync("2026-04-25 10:00");
        Assert.Equal((3, Letter.Subject("renewal-reminder")), (shop.Mails.Count, shop.Mails[^1].Subject));
        await shop.ToAsync("2026-05-09 10:00");
        Assert.Equal((3, "not renewed", 0), (shop.Mails.Count, (await shop.World.EnrolmentAsync(walk)).Reason, (await shop.CasesAsync()).Count));
    }

    [Fact]
    public async Task An_unhappy_answer_opens_a_case_for_the_next_business_day_and_no_message_interrupts()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync(attributes: Due);
        await AskedAsync(shop, anna);
        await shop.AnswerAsync(shop.Mails[1].Text, 2, "Too expensive.");
        var opened = Assert.Single(await shop.CasesAsync());
        // Answered on a Sunday: the business day is counted from Monday.
        Assert.Equal(("renewal-at-risk", new DateOnly(2026, 4, 7)), (opened.Kind, DateOnly.FromDateTime(opened.DueAt.UtcDateTime)));
        Assert.Contains("Too expensive.", Assert.Single(shop.World.Fake.Tickets).Body, StringComparison.Ordinal);
        Assert.False(await shop.WalksAsync(anna, "renewal"));
        await shop.ToAsync("2026-05-20 10:00");
        Assert.Equal((2, 0), (shop.Mails.Count, shop.Texts.Count));
    }

    [Fact]
    public async Task A_contract_that_has_ended_ends_it()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync(attributes: Due);
        await shop.ToAsync("2026-04-02 10:00");
        await shop.ChangeAsync("""{ "renewal_date": null }""", "renewal_date");
        Assert.False(await shop.WalksAsync(anna, "renewal"));
        await shop.ToAsync("2026-05-20 10:00");
        Assert.Single(shop.Mails);
    }

    [Fact]
    public async Task Who_wants_no_questions_gets_the_notice_and_the_reminder_on_their_days()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync(attributes: Due);
        await shop.AnnaAsync(id: "nobody");
        await shop.AnnaAsync(id: "past", attributes: """{ "renewal_date": "2026-03-20" }""");
        await shop.ConsentAsync(anna, ConsentState.Withdrawn, Purpose.Feedback);
        await shop.ToAsync("2026-04-02 10:00");
        await shop.ToAsync("2026-04-05 10:00");
        await shop.ToAsync("2026-04-25 10:00");
        Assert.Equal(
            [(Letter.Subject("renewal-notice"), "anna@example.test"), (Letter.Subject("renewal-reminder"), "anna@example.test")],
            shop.Mails.Select(mail => (mail.Subject, mail.To.Address)));
    }

    [Theory]
    [InlineData("en", "2 May 2026")]
    [InlineData("th", "2/5/2569")]
    [InlineData("fa", "۱۴۰۵/۲/۱۲")]
    [InlineData("zh", "2026年5月2日")]
    [InlineData("pt", "2 de maio de 2026")]
    public async Task Everybody_is_written_to_in_their_language_with_the_day_as_they_write_it(string language, string day)
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync(language, attributes: Due);
        await AskedAsync(shop, anna);
        await shop.ToAsync("2026-04-25 10:00");
        Assert.Equal(3, shop.Mails.Count);
        Letter.Is(shop.Mails[0], "renewal-notice", language, anna);
        Letter.Is(shop.Mails[1], "renewal-question", language, anna);
        Letter.Is(shop.Mails[2], "renewal-reminder", language, anna);
        Letter.Asks(shop.Mails[1], 1, 5);
        Assert.All([shop.Mails[0], shop.Mails[2]], mail =>
        {
            Assert.Contains(day, mail.Text, StringComparison.Ordinal);
            Assert.Contains(day, mail.Html, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("en", "2 May 2026")]
    [InlineData("th", "2/5/2569")]
    [InlineData("fa", "۱۴۰۵/۲/۱۲")]
    [InlineData("zh", "2026年5月2日")]
    [InlineData("pt", "2 de maio de 2026")]
    public async Task Who_has_no_mail_address_is_told_by_text_message_in_their_language(string language, string day)
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync(language, mail: false, attributes: Due);
        await AskedAsync(shop, anna);
        await shop.ToAsync("2026-04-25 10:00");
        Assert.Equal(2, shop.Texts.Count);
        Letter.IsText(shop.Texts[0], "renewal-notice", language);
        Letter.IsText(shop.Texts[1], "renewal-reminder", language);
        Assert.All(shop.Texts, text => Assert.Contains(day, text.Text, StringComparison.Ordinal));
    }

    private static async Task<Guid> AskedAsync(StarterShop shop, Customer anna)
    {
        await shop.ToAsync("2026-04-02 10:00");
        var walk = await shop.WalkAsync(anna, "renewal");
        await shop.ToAsync("2026-04-05 10:00");
        return walk.Id;
    }

    // As a file from the shop tells it.
    private static async Task RenewAsync(StarterShop shop, string date)
    {
        var file = Path.Combine(shop.World.Folder, "people.csv");
        await File.WriteAllTextAsync(file, $"id,date\nanna,{date}\n");
        var options = new CustomerImportOptions { File = file, Mappings = ["id.shop=id", "attr.renewal_date=date"] };
        var report = await shop.World.Get<CustomerFileImport>().RunAsync(options, CancellationToken.None);
        Assert.Equal((0, 1), (report.Faults.Count, report.Changed));
        await shop.World.RunAsync();
    }
}

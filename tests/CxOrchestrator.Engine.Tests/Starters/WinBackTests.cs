using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Engine.Tests.Starters;

/// <summary>Anna's last order came on 2 March 2026 at noon; 90 days later is 31 May.</summary>
public sealed class WinBackTests
{
    [Fact]
    public async Task Somebody_who_has_not_ordered_for_90_days_is_asked_and_left_alone_when_they_order()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await OrderedAsync(shop);
        await shop.ToAsync("2026-05-31 09:59");
        Assert.Empty(Sent(shop));
        await shop.ToAsync("2026-05-31 10:00");
        await shop.ToAsync("2026-06-01 10:00");
        Assert.Equal([Letter.Subject("win-back")], Sent(shop));
        var walk = await shop.WalkAsync(anna, "win-back");
        await shop.TellAsync("order.delivered");
        walk = await shop.World.EnrolmentAsync(walk.Id);
        Assert.Equal(("came back", shop.World.Now), (walk.Reason, walk.GoalAt));
        await shop.ToAsync("2026-06-20 10:00");
        Assert.Single(Sent(shop));
    }

    [Fact]
    public async Task Who_does_not_come_back_hears_once_more_and_never_again_in_the_same_silence()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await OrderedAsync(shop);
        await AskedAsync(shop);
        var walk = await shop.WalkAsync(anna, "win-back");
        await shop.ToAsync("2026-06-11 10:00");
        Assert.Equal([Letter.Subject("win-back"), Letter.Subject("win-back-last")], Sent(shop));
        await shop.ToAsync("2026-07-11 10:00");
        Assert.Equal("did not come back", (await shop.World.EnrolmentAsync(walk.Id)).Reason);
        await shop.ToAsync("2027-07-11 10:00");
        Assert.Equal(2, Sent(shop).Count);
        Assert.Empty(await shop.CasesAsync());
    }

    [Fact]
    public async Task An_unhappy_answer_opens_a_case_for_two_business_days_and_no_message_follows()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await OrderedAsync(shop);
        await AskedAsync(shop);
        await shop.AnswerAsync(shop.Mails[^1].Text, 1, "Nobody answered my mail.");
        var opened = Assert.Single(await shop.CasesAsync());
        // A Monday.
        Assert.Equal(("lost-customer", new DateOnly(2026, 6, 3)), (opened.Kind, DateOnly.FromDateTime(opened.DueAt.UtcDateTime)));
        Assert.Contains("Nobody answered my mail.", Assert.Single(shop.World.Fake.Tickets).Body, StringComparison.Ordinal);
        Assert.False(await shop.WalksAsync(anna, "win-back"));
        await shop.ToAsync("2026-08-01 10:00");
        Assert.Single(Sent(shop));
    }

    [Fact]
    public async Task An_order_begins_the_90_days_anew_and_who_comes_and_goes_is_not_asked_twice_in_180_days()
    {
        await using var shop = await StarterShop.OpenAsync();
        await OrderedAsync(shop);
        await shop.ToAsync("2026-05-30 12:00");
        await shop.TellAsync("order.delivered");
        await shop.ToAsync("2026-08-28 09:00");
        Assert.Empty(Sent(shop));
        await shop.ToAsync("2026-08-28 10:00");
        await shop.ToAsync("2026-08-28 12:00");
        Assert.Single(Sent(shop));
        await shop.TellAsync("order.delivered");
        await shop.ToAsync("2026-11-27 12:00");
        Assert.Single(Sent(shop));
    }

    [Theory]
    [InlineData(ConsentState.Unknown)]
    [InlineData(ConsentState.Withdrawn)]
    public async Task Nothing_goes_to_who_did_not_say_yes_to_marketing(ConsentState said)
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await OrderedAsync(shop, said: said);
        await AskedAsync(shop);
        await shop.ToAsync("2026-06-11 10:00");
        await shop.ToAsync("2026-08-01 10:00");
        Assert.Empty(Sent(shop));
        Assert.Empty(shop.Texts);
        Assert.Contains("marketing", await shop.World.TimelineAsync(anna), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wants_no_more_of_it_hears_no_more_of_it()
    {
        await using var shop = await StarterShop.OpenAsync();
        await OrderedAsync(shop, phone: false);
        await AskedAsync(shop);
        await shop.UnsubscribeAsync(shop.Mails[^1].Text);
        await shop.ToAsync("2026-06-11 10:00");
        await shop.ToAsync("2026-08-01 10:00");
        Assert.Single(Sent(shop));
    }

    [Fact]
    public async Task A_silence_from_before_the_installation_begins_nothing()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync();
        await shop.ConsentAsync(anna, ConsentState.Given);
        await shop.World.TellAsync("anna", "order.delivered", time: shop.World.Now.AddDays(-200));
        await shop.World.RunAsync();
        await shop.ToAsync("2026-08-01 10:00");
        Assert.Empty(shop.Mails);
    }

    [Theory]
    [MemberData(nameof(Letter.Languages), MemberType = typeof(Letter))]
    public async Task Everybody_is_written_to_in_their_language(string language)
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await OrderedAsync(shop, language);
        await AskedAsync(shop);
        await shop.ToAsync("2026-06-11 10:00");
        Letter.Is(shop.Mails[^2], "win-back", language, anna);
        Letter.Asks(shop.Mails[^2], 1, 5);
        Letter.Is(shop.Mails[^1], "win-back-last", language, anna);
    }

    [Theory]
    [MemberData(nameof(Letter.Languages), MemberType = typeof(Letter))]
    public async Task Who_has_no_mail_address_is_asked_by_text_message_in_their_language(string language)
    {
        await using var shop = await StarterShop.OpenAsync();
        await OrderedAsync(shop, language, mail: false);
        await AskedAsync(shop);
        Letter.IsText(shop.Texts[^1], "win-back", language);
        await shop.AnswerAsync(shop.Texts[^1].Text, 5);
    }

    // What the order's own journey sends is walked elsewhere.
    private static List<string> Sent(StarterShop shop) =>
        [.. shop.Mails.Select(mail => mail.Subject).Where(subject => subject == Letter.Subject("win-back") || subject == Letter.Subject("win-back-last"))];

    private static async Task<Customer> OrderedAsync(
        StarterShop shop, string language = "en", bool mail = true, bool phone = true, ConsentState said = ConsentState.Given)
    {
        var anna = await shop.AnnaAsync(language, mail, phone);
        if (said != ConsentState.Unknown)
            await shop.ConsentAsync(anna, said);
        await shop.TellAsync("order.delivered");
        // The order's own question and reminder.
        await shop.ToAsync("2026-03-05 12:00");
        await shop.ToAsync("2026-03-10 12:00");
        await shop.ToAsync("2026-04-04 12:00");
        return anna;
    }

    private static async Task AskedAsync(StarterShop shop)
    {
        await shop.ToAsync("2026-05-31 10:00");
        await shop.ToAsync("2026-06-01 10:00");
    }
}

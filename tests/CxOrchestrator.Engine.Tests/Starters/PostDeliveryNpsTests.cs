using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Engine.Tests.Starters;

public sealed class PostDeliveryNpsTests
{
    [Fact]
    public async Task Three_days_after_an_order_has_come_its_buyer_is_asked_and_a_promoter_is_thanked()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync();
        await shop.TellAsync("order.delivered", """{ "order": "17" }""");
        var walk = await shop.WalkAsync(anna, "post-delivery-nps");
        await shop.ToAsync("2026-03-05 11:59");
        Assert.Empty(shop.Mails);
        await shop.ToAsync("2026-03-05 12:00");
        Assert.Equal(Letter.Subject("nps-invitation"), Assert.Single(shop.Mails).Subject);
        await shop.ToAsync("2026-03-06 18:00");
        await shop.AnswerAsync(shop.Mails[0].Text, 9);
        Assert.Equal([Letter.Subject("nps-invitation"), Letter.Subject("thank-you")], shop.Mails.Select(mail => mail.Subject));
        walk = await shop.World.EnrolmentAsync(walk.Id);
        Assert.Equal((EnrolmentState.Completed, shop.World.Now), (walk.State, walk.GoalAt));

        // Nobody who has answered is reminded, and the next order within the quarter asks nothing.
        await shop.TellAsync("order.delivered", """{ "order": "18" }""");
        await shop.ToAsync("2026-04-20 12:00");
        Assert.Equal((2, 0, 0), (shop.Mails.Count, shop.Texts.Count, (await shop.CasesAsync()).Count));
    }

    [Fact]
    public async Task Who_does_not_answer_is_reminded_once_with_the_same_link()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync();
        await shop.TellAsync("order.delivered");
        var walk = await shop.WalkAsync(anna, "post-delivery-nps");
        await shop.ToAsync("2026-03-05 12:00");
        await shop.ToAsync("2026-03-10 11:59");
        Assert.Single(shop.Mails);
        await shop.ToAsync("2026-03-10 12:00");
        Assert.Equal([Letter.Subject("nps-invitation"), Letter.Subject("nps-reminder")], shop.Mails.Select(mail => mail.Subject));
        Assert.Equal(StarterShop.SurveyLinkIn(shop.Mails[0].Text), StarterShop.SurveyLinkIn(shop.Mails[1].Text));
        await shop.ToAsync("2026-04-04 12:00");
        Assert.Equal((2, "no answer"), (shop.Mails.Count, (await shop.World.EnrolmentAsync(walk.Id)).Reason));
    }

    [Fact]
    public async Task An_unhappy_answer_opens_one_case_for_the_next_business_day_and_says_sorry()
    {
        await using var shop = await StarterShop.OpenAsync();
        await shop.AnnaAsync();
        await shop.TellAsync("order.delivered");
        await shop.ToAsync("2026-03-05 12:00");
        await shop.ToAsync("2026-03-06 12:00");
        await shop.AnswerAsync(shop.Mails[0].Text, 3, "The box was torn.");
        var opened = Assert.Single(await shop.CasesAsync());
        // A Friday: the next business day is Monday.
        Assert.Equal(("detractor", "care-team", DayOfWeek.Monday), (opened.Kind, opened.Owner, opened.DueAt.DayOfWeek));
        Assert.Contains("The box was torn.", Assert.Single(shop.World.Fake.Tickets).Body, StringComparison.Ordinal);
        Assert.Equal(Letter.Subject("sorry"), shop.Mails[^1].Subject);
        await shop.ToAsync("2026-04-20 12:00");
        Assert.Equal(2, shop.Mails.Count);
    }

    [Fact]
    public async Task An_order_that_goes_back_ends_it_before_anything_is_asked()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync();
        await shop.TellAsync("order.delivered");
        await shop.TellAsync("order.returned");
        Assert.False(await shop.WalksAsync(anna, "post-delivery-nps"));
        await shop.ToAsync("2026-04-20 12:00");
        Assert.Equal((0, 0), (shop.Mails.Count, shop.Texts.Count));
    }

    [Fact]
    public async Task Who_wants_no_more_of_it_is_not_reminded()
    {
        await using var shop = await StarterShop.OpenAsync();
        await shop.AnnaAsync();
        await shop.TellAsync("order.delivered");
        await shop.ToAsync("2026-03-05 12:00");
        await shop.UnsubscribeAsync(shop.Mails[0].Text);
        await shop.ToAsync("2026-03-10 12:00");
        await shop.ToAsync("2026-04-20 12:00");
        Assert.Single(shop.Mails);
    }

    [Fact]
    public async Task At_night_it_waits_for_the_morning_in_the_customers_zone()
    {
        await using var shop = await StarterShop.OpenAsync();
        await shop.AnnaAsync(zone: "Asia/Tokyo");
        await shop.ToAsync("2026-03-02 15:00");
        await shop.TellAsync("order.delivered");
        await shop.ToAsync("2026-03-05 15:00");
        await shop.ToAsync("2026-03-05 22:59");
        Assert.Empty(shop.Mails);
        // 8 o'clock in Tokyo.
        await shop.ToAsync("2026-03-05 23:00");
        Assert.Single(shop.Mails);
    }

    [Theory]
    [MemberData(nameof(Letter.Languages), MemberType = typeof(Letter))]
    public async Task Everybody_is_asked_in_their_language(string language)
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync(language);
        await shop.TellAsync("order.delivered");
        await shop.ToAsync("2026-03-05 12:00");
        await shop.ToAsync("2026-03-10 12:00");
        Assert.Equal(2, shop.Mails.Count);
        Letter.Is(shop.Mails[0], "nps-invitation", language, anna);
        Letter.Is(shop.Mails[1], "nps-reminder", language, anna);
        Assert.All(shop.Mails, mail => Letter.Asks(mail, 0, 10));
    }

    [Theory]
    [MemberData(nameof(Letter.Languages), MemberType = typeof(Letter))]
    public async Task Who_has_no_mail_address_is_asked_by_text_message_in_their_language(string language)
    {
        await using var shop = await StarterShop.OpenAsync();
        await shop.AnnaAsync(language, mail: false);
        await shop.TellAsync("order.delivered");
        await shop.ToAsync("2026-03-05 12:00");
        Letter.IsText(Assert.Single(shop.Texts), "nps-invitation", language);
        await shop.AnswerAsync(shop.Texts[0].Text, 10);
    }
}

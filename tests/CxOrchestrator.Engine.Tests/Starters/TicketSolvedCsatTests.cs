using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Engine.Tests.Starters;

public sealed class TicketSolvedCsatTests
{
    [Fact]
    public async Task Two_hours_after_a_ticket_was_solved_it_is_asked_how_the_help_was()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync();
        await shop.TellAsync("ticket.solved", """{ "ticket": "T-1" }""");
        var walk = await shop.WalkAsync(anna, "ticket-solved-csat");
        await shop.ToAsync("2026-03-02 13:59");
        Assert.Empty(shop.Mails);
        await shop.ToAsync("2026-03-02 14:00");
        Assert.Equal(Letter.Subject("csat-invitation"), Assert.Single(shop.Mails).Subject);
        await shop.AnswerAsync(shop.Mails[0].Text, 5);
        walk = await shop.World.EnrolmentAsync(walk.Id);
        Assert.Equal((EnrolmentState.Completed, shop.World.Now), (walk.State, walk.GoalAt));

        // The next ticket of the same month asks nothing.
        await shop.TellAsync("ticket.solved", """{ "ticket": "T-2" }""");
        await shop.ToAsync("2026-03-20 12:00");
        Assert.Equal((1, 0, 0), (shop.Mails.Count, shop.Texts.Count, (await shop.CasesAsync()).Count));
    }

    [Fact]
    public async Task Who_does_not_answer_is_reminded_once_with_the_same_link()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync();
        await shop.TellAsync("ticket.solved");
        var walk = await shop.WalkAsync(anna, "ticket-solved-csat");
        await shop.ToAsync("2026-03-02 14:00");
        await shop.ToAsync("2026-03-05 13:59");
        Assert.Single(shop.Mails);
        await shop.ToAsync("2026-03-05 14:00");
        Assert.Equal([Letter.Subject("csat-invitation"), Letter.Subject("csat-reminder")], shop.Mails.Select(mail => mail.Subject));
        Assert.Equal(StarterShop.SurveyLinkIn(shop.Mails[0].Text), StarterShop.SurveyLinkIn(shop.Mails[1].Text));
        await shop.ToAsync("2026-03-16 14:00");
        Assert.Equal((2, "no answer"), (shop.Mails.Count, (await shop.World.EnrolmentAsync(walk.Id)).Reason));
    }

    [Fact]
    public async Task An_unhappy_answer_to_the_reminder_opens_one_case_for_the_next_business_day_and_says_sorry()
    {
        await using var shop = await StarterShop.OpenAsync();
        await shop.AnnaAsync();
        await shop.TellAsync("ticket.solved");
        await shop.ToAsync("2026-03-02 14:00");
        await shop.ToAsync("2026-03-05 14:00");
        await shop.AnswerAsync(shop.Mails[1].Text, 1, "It is still broken.");
        var opened = Assert.Single(await shop.CasesAsync());
        Assert.Equal(("unsolved", new DateOnly(2026, 3, 6)), (opened.Kind, DateOnly.FromDateTime(opened.DueAt.UtcDateTime)));
        Assert.Contains("It is still broken.", Assert.Single(shop.World.Fake.Tickets).Body, StringComparison.Ordinal);
        Assert.Equal(Letter.Subject("sorry"), shop.Mails[^1].Subject);
    }

    [Fact]
    public async Task A_ticket_that_is_opened_again_ends_it()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync();
        await shop.TellAsync("ticket.solved");
        await shop.TellAsync("ticket.reopened");
        Assert.False(await shop.WalksAsync(anna, "ticket-solved-csat"));
        await shop.ToAsync("2026-03-20 12:00");
        Assert.Equal((0, 0), (shop.Mails.Count, shop.Texts.Count));
    }

    [Fact]
    public async Task Who_wants_no_more_of_it_is_not_reminded()
    {
        await using var shop = await StarterShop.OpenAsync();
        await shop.AnnaAsync();
        await shop.TellAsync("ticket.solved");
        await shop.ToAsync("2026-03-02 14:00");
        await shop.UnsubscribeAsync(shop.Mails[0].Text);
        await shop.ToAsync("2026-03-05 14:00");
        await shop.ToAsync("2026-03-20 12:00");
        Assert.Single(shop.Mails);
    }

    [Fact]
    public async Task A_question_that_can_not_be_asked_for_days_is_not_asked_any_more()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync();
        shop.World.Fake.Accepting = false;
        await shop.TellAsync("ticket.solved");
        await shop.ToAsync("2026-03-02 14:00");
        await shop.ToAsync("2026-03-07 15:00");
        shop.World.Fake.Accepting = true;
        await shop.ToAsync("2026-03-20 12:00");
        Assert.DoesNotContain(shop.Mails, mail => mail.Subject == Letter.Subject("csat-invitation"));
        Assert.Contains("not sent by", await shop.World.TimelineAsync(anna), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Letter.Languages), MemberType = typeof(Letter))]
    public async Task Everybody_is_asked_in_their_language(string language)
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync(language);
        await shop.TellAsync("ticket.solved");
        await shop.ToAsync("2026-03-02 14:00");
        await shop.ToAsync("2026-03-05 14:00");
        Assert.Equal(2, shop.Mails.Count);
        Letter.Is(shop.Mails[0], "csat-invitation", language, anna);
        Letter.Is(shop.Mails[1], "csat-reminder", language, anna);
        Assert.All(shop.Mails, mail => Letter.Asks(mail, 1, 5));
    }

    [Theory]
    [MemberData(nameof(Letter.Languages), MemberType = typeof(Letter))]
    public async Task Who_has_no_mail_address_is_asked_by_text_message_in_their_language(string language)
    {
        await using var shop = await StarterShop.OpenAsync();
        await shop.AnnaAsync(language, mail: false);
        await shop.TellAsync("ticket.solved");
        await shop.ToAsync("2026-03-02 14:00");
        Letter.IsText(Assert.Single(shop.Texts), "csat-invitation", language);
        await shop.AnswerAsync(shop.Texts[0].Text, 5);
    }
}

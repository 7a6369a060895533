using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Engine.Tests.Starters;

public sealed class OnboardingTests
{
    [Fact]
    public async Task A_new_customer_is_welcomed_offered_help_and_asked_after_two_weeks()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync();
        await shop.TellAsync("customer.created");
        var walk = await shop.WalkAsync(anna, "onboarding");
        Assert.Equal("Welcome to Example Shop", Assert.Single(shop.Mails).Subject);
        await shop.ToAsync("2026-03-05 09:59");
        Assert.Single(shop.Mails);
        await shop.ToAsync("2026-03-05 10:00");
        Assert.Equal(Letter.Subject("getting-started"), shop.Mails[^1].Subject);
        await shop.ToAsync("2026-03-16 09:59");
        Assert.Equal(2, shop.Mails.Count);
        await shop.ToAsync("2026-03-16 10:00");
        Assert.Equal(Letter.Subject("ces-invitation"), shop.Mails[^1].Subject);
        await shop.AnswerAsync(shop.Mails[^1].Text, 7);
        walk = await shop.World.EnrolmentAsync(walk.Id);
        Assert.Equal((EnrolmentState.Completed, shop.World.Now), (walk.State, walk.GoalAt));
        await shop.ToAsync("2026-05-20 12:00");
        Assert.Equal((3, 0, 0), (shop.Mails.Count, shop.Texts.Count, (await shop.CasesAsync()).Count));
    }

    [Fact]
    public async Task Who_does_not_answer_is_reminded_once_with_the_same_link()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync();
        var walk = await AskedAsync(shop, anna);
        await shop.ToAsync("2026-03-21 09:59");
        Assert.Equal(3, shop.Mails.Count);
        await shop.ToAsync("2026-03-21 10:00");
        Assert.Equal((4, Letter.Subject("ces-reminder")), (shop.Mails.Count, shop.Mails[^1].Subject));
        Assert.Equal(StarterShop.SurveyLinkIn(shop.Mails[2].Text), StarterShop.SurveyLinkIn(shop.Mails[3].Text));
        await shop.ToAsync("2026-04-06 10:00");
        Assert.Equal((4, "no answer"), (shop.Mails.Count, (await shop.World.EnrolmentAsync(walk)).Reason));
    }

    [Fact]
    public async Task Who_found_it_hard_gets_a_case_for_the_next_business_day_and_an_apology()
    {
        await using var shop = await StarterShop.OpenAsync();
        await AskedAsync(shop, await shop.AnnaAsync());
        await shop.AnswerAsync(shop.Mails[^1].Text, 3, "I could not find anything.");
        var opened = Assert.Single(await shop.CasesAsync());
        Assert.Equal(("struggling", new DateOnly(2026, 3, 17)), (opened.Kind, DateOnly.FromDateTime(opened.DueAt.UtcDateTime)));
        Assert.Contains("I could not find anything.", Assert.Single(shop.World.Fake.Tickets).Body, StringComparison.Ordinal);
        Assert.Equal(Letter.Subject("sorry"), shop.Mails[^1].Subject);
    }

    [Fact]
    public async Task Who_sends_the_order_back_is_not_asked_how_easy_it_was()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync();
        await shop.TellAsync("customer.created");
        await shop.ToAsync("2026-03-05 10:00");
        await shop.TellAsync("order.returned");
        Assert.False(await shop.WalksAsync(anna, "onboarding"));
        await shop.ToAsync("2026-03-16 10:00");
        Assert.Equal(2, shop.Mails.Count);
    }

    [Fact]
    public async Task Who_wants_no_more_of_it_is_not_reminded()
    {
        await using var shop = await StarterShop.OpenAsync();
        await AskedAsync(shop, await shop.AnnaAsync());
        await shop.UnsubscribeAsync(shop.Mails[^1].Text);
        await shop.ToAsync("2026-03-21 10:00");
        await shop.ToAsync("2026-04-20 10:00");
        Assert.Equal(3, shop.Mails.Count);
    }

    [Fact]
    public async Task It_comes_at_ten_in_the_customers_zone_and_once_in_a_lifetime()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync(zone: "Asia/Bangkok");
        await shop.TellAsync("customer.created");
        await shop.ToAsync("2026-03-05 02:59");
        Assert.Single(shop.Mails);
        await shop.ToAsync("2026-03-05 03:00");
        Assert.Equal(2, shop.Mails.Count);
        await shop.TellAsync("customer.created");
        Assert.Single(await shop.World.EnrolmentsAsync(anna));
    }

    [Theory]
    [MemberData(nameof(Letter.Languages), MemberType = typeof(Letter))]
    public async Task Everybody_is_written_to_in_their_language(string language)
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync(language);
        await AskedAsync(shop, anna);
        await shop.ToAsync("2026-03-21 10:00");
        Assert.Equal(4, shop.Mails.Count);
        Letter.Is(shop.Mails[1], "getting-started", language, anna);
        Letter.Is(shop.Mails[2], "ces-invitation", language, anna);
        Letter.Is(shop.Mails[3], "ces-reminder", language, anna);
        Assert.All(shop.Mails.Skip(2), mail => Letter.Asks(mail, 1, 7));
    }

    [Theory]
    [MemberData(nameof(Letter.Languages), MemberType = typeof(Letter))]
    public async Task Who_has_no_mail_address_is_asked_by_text_message_in_their_language(string language)
    {
        await using var shop = await StarterShop.OpenAsync();
        await AskedAsync(shop, await shop.AnnaAsync(language, mail: false));
        Letter.IsText(Assert.Single(shop.Texts), "ces-invitation", language);
        await shop.AnswerAsync(shop.Texts[0].Text, 6);
    }

    private static async Task<Guid> AskedAsync(StarterShop shop, Core.Customers.Customer anna)
    {
        await shop.TellAsync("customer.created");
        var walk = await shop.WalkAsync(anna, "onboarding");
        await shop.ToAsync("2026-03-05 10:00");
        await shop.ToAsync("2026-03-16 10:00");
        return walk.Id;
    }
}

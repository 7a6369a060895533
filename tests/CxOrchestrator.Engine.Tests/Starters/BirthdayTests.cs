using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Engine.Tests.Starters;

public sealed class BirthdayTests
{
    private const string Born = """{ "birthday": "1990-03-05" }""";

    [Fact]
    public async Task Good_wishes_come_at_nine_where_the_customer_lives_and_every_year()
    {
        await using var shop = await StarterShop.OpenAsync();
        await ConsentingAsync(shop, zone: "Asia/Tehran");
        await shop.ToAsync("2026-03-05 05:29");
        Assert.Empty(shop.Mails);
        await shop.ToAsync("2026-03-05 05:30");
        Assert.Equal(Letter.Subject("birthday"), Assert.Single(shop.Mails).Subject);
        await shop.ToAsync("2027-03-05 05:29");
        Assert.Single(shop.Mails);
        await shop.ToAsync("2027-03-05 05:30");
        Assert.Equal((2, 0, 0), (shop.Mails.Count, shop.Texts.Count, (await shop.CasesAsync()).Count));
    }

    [Fact]
    public async Task Who_told_no_birthday_gets_nothing()
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await ConsentingAsync(shop, attributes: """{ "birthday": "" }""");
        for (var month = 3; month <= 12; month++)
            await shop.ToAsync($"2026-{month:D2}-28 12:00");
        Assert.Empty(shop.Mails);
        Assert.Empty(await shop.World.EnrolmentsAsync(anna));
    }

    [Theory]
    [InlineData(ConsentState.Unknown)]
    [InlineData(ConsentState.Withdrawn)]
    public async Task Who_did_not_say_yes_to_marketing_gets_nothing_and_the_reason_is_kept(ConsentState said)
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await shop.AnnaAsync(attributes: Born);
        if (said != ConsentState.Unknown)
            await shop.ConsentAsync(anna, said);
        await shop.ToAsync("2026-03-05 09:00");
        await shop.ToAsync("2026-03-06 09:00");
        Assert.Equal((0, 0), (shop.Mails.Count, shop.Texts.Count));
        Assert.Contains("marketing", (await shop.World.DeliveryAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wants_no_more_of_it_gets_none_the_next_year()
    {
        await using var shop = await StarterShop.OpenAsync();
        await ConsentingAsync(shop, phone: false);
        await shop.ToAsync("2026-03-05 09:00");
        await shop.UnsubscribeAsync(shop.Mails[0].Text);
        await shop.ToAsync("2027-03-05 09:00");
        await shop.ToAsync("2027-03-06 09:00");
        Assert.Single(shop.Mails);
    }

    [Fact]
    public async Task Where_nothing_ran_that_day_nobody_gets_late_wishes()
    {
        await using var shop = await StarterShop.OpenAsync();
        await ConsentingAsync(shop);
        await shop.World.RunAsync();
        await shop.ToAsync("2026-03-06 09:00");
        Assert.Empty(shop.Mails);
    }

    [Fact]
    public async Task Wishes_that_can_not_go_that_day_do_not_go_on_the_next()
    {
        await using var shop = await StarterShop.OpenAsync();
        await ConsentingAsync(shop);
        await shop.World.RunAsync();
        shop.World.Fake.Accepting = false;
        await shop.ToAsync("2026-03-05 09:00");
        await shop.ToAsync("2026-03-05 20:00");
        shop.World.Fake.Accepting = true;
        await shop.ToAsync("2026-03-06 09:00");
        Assert.Equal((0, 0), (shop.Mails.Count, shop.Texts.Count));
        Assert.Contains("not sent by", (await shop.World.DeliveryAsync()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Letter.Languages), MemberType = typeof(Letter))]
    public async Task Everybody_is_wished_well_in_their_language(string language)
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await ConsentingAsync(shop, language);
        await shop.ToAsync("2026-03-05 09:00");
        var mail = Assert.Single(shop.Mails);
        Letter.Is(mail, "birthday", language, anna);
        // Good wishes ask for nothing.
        Assert.DoesNotContain("/s/", mail.Text + mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Letter.Languages), MemberType = typeof(Letter))]
    public async Task Who_has_no_mail_address_is_wished_well_by_text_message_in_their_language(string language)
    {
        await using var shop = await StarterShop.OpenAsync();
        var anna = await ConsentingAsync(shop, language, mail: false);
        await shop.ToAsync("2026-03-05 09:00");
        var text = Assert.Single(shop.Texts);
        Letter.IsText(text, "birthday", language);
        Assert.Contains(anna.GivenName, text.Text, StringComparison.Ordinal);
    }

    private static async Task<Customer> ConsentingAsync(
        StarterShop shop, string language = "en", bool mail = true, bool phone = true, string zone = "Etc/UTC", string attributes = Born)
    {
        var anna = await shop.AnnaAsync(language, mail, phone, zone, attributes);
        await shop.ConsentAsync(anna, ConsentState.Given);
        return anna;
    }
}

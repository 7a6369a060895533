using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Moments;

/// <summary>The world's clock stands at Monday, 2 March 2026, 12:00 UTC.</summary>
public sealed class DateTests
{
    private static readonly string Birthday = Words.Journey("birthday", "- send: hello", "{ date: birthday, yearly: true }");

    private static readonly string Renewal = Words.Journey("renewal", "- send: hello", "{ date: ends, before: 10 days, at: 08:00 }");

    [Fact]
    public async Task Everybody_is_greeted_on_their_birthday_at_nine_where_they_live_and_again_the_next_year()
    {
        await using var world = await World.WithAsync(Birthday);
        await world.CustomerAsync("tokyo", zone: "Asia/Tokyo", attributes: """{ "birthday": "1990-03-03" }""");
        await world.CustomerAsync("lima", zone: "America/Lima", attributes: """{ "birthday": "--03-03" }""");
        await world.CustomerAsync("nobody", attributes: """{ "birthday": "unknown" }""");
        await world.RunAsync();
        Assert.Empty(world.Fake.Emails);

        await world.PassAsync(TimeSpan.FromHours(12));
        Assert.Equal(["tokyo@example.test"], Sent(world));
        await world.PassAsync(TimeSpan.FromHours(13));
        Assert.Single(world.Fake.Emails);
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(["tokyo@example.test", "lima@example.test"], Sent(world));

        await world.PassAsync(TimeSpan.FromDays(360));
        Assert.Equal(2, world.Fake.Emails.Count);
        await world.PassAsync(TimeSpan.FromDays(5));
        Assert.Equal(4, world.Fake.Emails.Count);
    }

    [Fact]
    public async Task A_date_is_told_once_also_when_another_node_looks_again_after_a_crash()
    {
        await using var world = await World.WithAsync(Birthday);
        var anna = await world.CustomerAsync("anna", attributes: """{ "birthday": "1990-03-03" }""");
        await world.PassAsync(TimeSpan.FromDays(1));
        await using var two = world.Another("two");
        // Its plan is lost: everybody is looked at again, also those whose day has come.
        await two.Get<Core.Moments.IMomentStore>().StartAsync(new("birthday", "on birthday at 09:00, every year", world.Now.AddDays(-2), null, false), CancellationToken.None);
        await Upsert(two, anna, """{ "birthday": "1991-03-03" }""");
        await two.RunAsync();
        Assert.Single(world.Fake.Emails);
        Assert.Equal(1, (await world.BooksAsync()).Events);
    }

    [Fact]
    public async Task A_renewal_is_told_once_for_each_date_that_the_crm_gives()
    {
        await using var world = await World.WithAsync(Renewal);
        var anna = await world.CustomerAsync("anna", attributes: """{ "ends": "2026-03-20T00:00:00Z" }""");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(8));
        Assert.Single(world.Fake.Emails);
        await Upsert(world, anna, """{ "seen": 1 }""");
        await world.RunAsync();
        Assert.Single(world.Fake.Emails);

        await Upsert(world, anna, """{ "ends": "2027-03-20" }""");
        await world.PassAsync(TimeSpan.FromDays(200));
        Assert.Single(world.Fake.Emails);
        await world.PassAsync(TimeSpan.FromDays(165));
        Assert.Equal(2, world.Fake.Emails.Count);
    }

    [Fact]
    public async Task Who_becomes_known_or_changes_later_is_planned_too()
    {
        await using var world = await World.WithAsync(Renewal, Words.Journey("mark", "- updateCustomer: { ends: \"'2026-03-14'\" }"));
        await world.RunAsync();
        await world.CustomerAsync("new", attributes: """{ "ends": "2026-03-13" }""");
        await world.CustomerAsync("marked");
        var moved = await world.CustomerAsync("moved", attributes: """{ "ends": "2026-03-13" }""");
        await world.CustomerAsync("past", attributes: """{ "ends": "2026-03-10" }""");
        await world.TellAsync("marked", "order.delivered");
        await world.RunAsync();
        await Upsert(world, moved, """{ "ends": null }""");
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(["new@example.test"], Sent(world));
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(["new@example.test", "marked@example.test"], Sent(world));
    }

    [Theory]
    [InlineData("", 23, true)]
    [InlineData("", 25, false)]
    [InlineData(", within: 3d", 71, true)]
    public async Task What_was_missed_while_nothing_ran_is_made_up_for_while_it_still_makes_sense_and_else_says_why_not(string within, int late, bool sent)
    {
        await using var world = await World.WithAsync(Words.Journey("birthday", "- send: hello", $"{{ date: birthday, yearly: true{within} }}"));
        var anna = await world.CustomerAsync("anna", attributes: """{ "birthday": "1990-03-03" }""");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromHours(21 + late));
        Assert.Equal(sent ? 1 : 0, world.Fake.Emails.Count);
        var said = await world.Get<IExplainer>().ExplainAsync(anna, "birthday", null, CancellationToken.None);
        if (!sent)
            Assert.Equal((ChainOutcome.TooOld, true), (said.Outcome, said.Reason.Contains("begins a journey within 1d only", StringComparison.Ordinal)));
        else
            Assert.Equal(ChainOutcome.Sent, said.Outcome);
    }

    [Fact]
    public async Task What_came_before_the_journey_was_published_begins_nothing_and_another_time_of_day_is_planned_anew()
    {
        await using var world = await World.WithAsync(Birthday);
        await world.CustomerAsync("today", attributes: """{ "birthday": "1990-03-02" }""");
        await world.CustomerAsync("tomorrow", attributes: """{ "birthday": "1990-03-03" }""");
        await world.RunAsync();
        Assert.Empty(world.Fake.Emails);
        await world.PublishAsync(Words.Journey("birthday", "- send: hello", "{ date: birthday, yearly: true, at: 18:00 }"));
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromHours(22));
        Assert.Equal(["today@example.test"], Sent(world));
        await world.PassAsync(TimeSpan.FromHours(8));
        Assert.Equal(["today@example.test", "tomorrow@example.test"], Sent(world));
    }

    [Fact]
    public async Task The_chain_says_that_the_day_has_not_come_and_afterwards_that_it_has()
    {
        await using var world = await World.WithAsync(Birthday);
        var anna = await world.CustomerAsync("anna", attributes: """{ "birthday": "1990-03-03" }""");
        await world.RunAsync();
        var said = await world.Get<IExplainer>().ExplainAsync(anna, "birthday", null, CancellationToken.None);
        Assert.Equal((ChainOutcome.NeverTriggered, "what begins it (on birthday at 09:00, every year) has not happened"), (said.Outcome, said.Reason));
        await world.PassAsync(TimeSpan.FromDays(1));
        said = await world.Get<IExplainer>().ExplainAsync(anna, "birthday", null, CancellationToken.None);
        Assert.Contains(said.Sections.SelectMany(section => section.Lines), line => line.Text.Contains("on birthday at 09:00, every year begins version 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_pages_of_customers_are_planned_and_told_completely()
    {
        await using var world = await World.WithAsync(Words.Journey("birthday", "- wait: 30d", "{ date: birthday, yearly: true }"));
        for (var page = 0; page < 3; page++)
        {
            var drafts = Enumerable.Range(0, 400).Select(number => new CustomerDraft([new("shop", $"{page}-{number}")], "Anna", null, "en", "Etc/UTC", [], Json.Parse("""{ "birthday": "1990-03-03" }""")));
            await world.Get<ICustomerStore>().UpsertAsync([.. drafts], world.Now, CancellationToken.None);
        }

        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(1_200, (await world.Get<Core.Enrolments.IEnrolmentStore>().CountAsync(CancellationToken.None)).Sum(count => count.Count));
    }

    private static List<string> Sent(World world) => [.. world.Fake.Emails.Select(mail => mail.To.Address)];

    private static Task Upsert(World world, Customer customer, string attributes) => world.Get<ICustomerStore>().UpsertAsync(
        [new CustomerDraft(customer.ExternalIds, null, null, null, null, [], Json.Parse(attributes))], world.Now, CancellationToken.None);
}

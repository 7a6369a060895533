using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Attention;

public sealed class BudgetTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_highest_priorities_get_the_room_and_the_others_wait_until_there_is_some()
    {
        await using var world = await World.WithAsync(Within(2), Journey("a", 10), Journey("b", 90), Journey("c", 50), Journey("d", 70), Journey("e", 30));
        var anna = await BegunAsync(world);
        Assert.Equal(["b", "d"], await SentAsync(world));
        var waits = (await world.DeliveriesAsync()).Single(one => one.Journey == "c");
        Assert.Equal((DeliveryState.Planned, true, world.Now + Week), (waits.State, waits.AwaitsRoom, waits.DueAt));
        Assert.StartsWith($"no room in the customer's attention budget of 2 messages in 7 days until {world.Now + Week:u}; ", waits.Reason, StringComparison.Ordinal);
        Assert.EndsWith("goes first: b (priority 90), d (priority 70); this one has priority 50", waits.Reason, StringComparison.Ordinal);

        await world.PassAsync(Week - Minute);
        Assert.Equal(2, (await SentAsync(world)).Count);
        await world.PassAsync(Minute);
        Assert.Equal(["b", "d", "c", "e"], await SentAsync(world));
        await world.PassAsync(Week);
        Assert.Equal(["b", "d", "c", "e", "a"], await SentAsync(world));
        Assert.Contains("attention budget of 2 messages in 7 days: none taken before; goes before d (priority 70)", await DecidedAsync(world, "b"), StringComparison.Ordinal);
        Assert.Empty((await world.BooksAsync()).Faults());
        Assert.Single(await world.EnrolmentsAsync(anna), one => one.Journey == "b");
    }

    [Fact]
    public async Task Service_messages_need_no_room_and_take_none()
    {
        await using var world = await World.WithAsync(
            Within(1), Words.Journey("s", "- send: hello"), Words.Journey("t", "- send: hello"), Journey("a", 50), Journey("b", 50));
        await BegunAsync(world);
        Assert.Equal(["a", "s", "t"], (await SentAsync(world)).Order());
    }

    [Fact]
    public async Task Of_equal_priority_what_expires_first_goes_first_and_what_finds_no_room_in_time_expires_with_the_reason()
    {
        await using var world = await World.WithAsync(Within(1), Journey("a", 50, "9d"), Journey("b", 50, "3d"), Journey("c", 50, "5d"));
        var anna = await BegunAsync(world);
        Assert.Equal(["b"], await SentAsync(world));
        await world.PassAsync(TimeSpan.FromDays(5));
        var expired = (await world.DeliveriesAsync()).Single(one => one.Journey == "c");
        Assert.Equal(DeliveryState.Expired, expired.State);
        Assert.Contains("last: no room in the customer's attention budget of 1 message in 7 days until", expired.Reason, StringComparison.Ordinal);
        await world.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(["b", "a"], await SentAsync(world));
        Assert.Contains("did not get hello (not sent by", (await ExplainAsync(world, anna, "c")).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_higher_message_that_is_due_in_another_batch_comes_first()
    {
        await using var world = await World.WithAsync(
            settings => Within(1)(settings) with { Sending = settings.Sending with { Batch = 1 } }, Journey("low", 10), Journey("high", 90), Journey("mid", 50));
        await BegunAsync(world);
        await world.PassAsync(Minute);
        Assert.Equal(["high"], await SentAsync(world));
    }

    [Fact]
    public async Task A_refused_message_gives_its_room_to_the_next_at_once()
    {
        await using var world = await World.WithAsync(Within(1), Journey("low", 10), Journey("high", 90));
        world.Fake.OnSend = _ => world.Fake.Calls == 1 ? SendResult.Rejected("9", "no") : SendResult.Accepted("1");
        await BegunAsync(world);
        Assert.Equal(["low"], await SentAsync(world));
        Assert.Equal(DeliveryState.Rejected, (await world.DeliveriesAsync()).Single(one => one.Journey == "high").State);
    }

    [Fact]
    public async Task A_message_that_may_not_go_holds_no_room()
    {
        await using var world = await World.WithAsync(Within(1), Words.Journey("high", "- send: hello", more: "priority: 90", purpose: "marketing"), Journey("low", 10));
        await BegunAsync(world);
        Assert.Equal(["low"], await SentAsync(world));
    }

    [Fact]
    public async Task A_message_whose_outcome_nobody_knows_takes_room_and_one_that_was_deferred_does_not()
    {
        await using var world = await World.WithAsync(Within(1), Journey("low", 10), Journey("high", 90));
        world.Fake.OnSend = _ => world.Fake.Calls == 1 ? SendResult.Unknown("lost") : SendResult.Accepted("1");
        await BegunAsync(world);
        Assert.Empty(await SentAsync(world));
        await world.PassAsync(Week);
        Assert.Equal(["low"], await SentAsync(world));

        await using var second = await World.WithAsync(Within(1), Journey("low", 10), Journey("high", 90));
        second.Fake.OnSend = _ => second.Fake.Calls == 1 ? SendResult.Deferred("busy") : SendResult.Accepted("1");
        await BegunAsync(second);
        await second.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(["high"], await SentAsync(second));
    }

    [Fact]
    public async Task A_paused_journey_holds_no_room()
    {
        await using var world = await World.WithAsync(Within(1), Journey("low", 10), Journey("high", 90));
        await world.Get<Core.Publishing.IJourneyStateStore>().SetAsync(
            new Core.Publishing.JourneyState("high", Core.Publishing.JourneyStanding.Paused, world.Now, "Kim", "a wrong price"), CancellationToken.None);
        await BegunAsync(world);
        Assert.Equal(["low"], await SentAsync(world));
    }

    [Fact]
    public async Task Two_nodes_do_not_both_give_the_last_room_away()
    {
        await using var world = await World.WithAsync(settings => Within(1)(settings) with { Sending = settings.Sending with { Batch = 1 } }, Journey("a", 50), Journey("b", 50));
        await using var other = world.Another("two");
        for (var number = 0; number < 20; number++)
            await world.CustomerAsync($"c{number}");
        for (var number = 0; number < 20; number++)
            await world.TellAsync($"c{number}", "order.delivered");
        await world.RunAsync(Engine.Running.Work.Events);
        await world.RunAsync(Engine.Running.Work.Enrolments);
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 2).Select(node => Task.Run(() => (node == 0 ? world : other).RunAsync(Engine.Running.Work.Deliveries))));
            world.CustomerClock.Advance(Minute);
        }

        var sent = (await world.DeliveriesAsync()).Where(one => one.State == DeliveryState.Accepted).ToList();
        Assert.Equal(20, sent.Count);
        Assert.Equal(20, sent.Select(one => one.CustomerId).Distinct().Count());
    }

    [Fact]
    public async Task What_waits_for_room_is_explained_with_the_budget_as_it_stands()
    {
        await using var world = await World.WithAsync(Within(1), Journey("low", 10), Journey("high", 90));
        var anna = await BegunAsync(world);
        var told = await ExplainAsync(world, anna, "low");
        Assert.Equal((ChainOutcome.AwaitsRoom, world.Now + Week), (told.Outcome, told.Until));
        Assert.Contains("has not got hello yet (no room in the customer's attention budget", told.Sentence, StringComparison.Ordinal);
        var lines = told.Sections.SelectMany(section => section.Lines).ToList();
        Assert.Contains(lines, line => line.About == "budget" && line.Text == $"attention budget of 1 message in 7 days: sent: high/hello {world.Now:u}; no room before {world.Now + Week:u}");
        Assert.Contains(lines, line => line.Text.Contains("with priority 10 within the attention budget of 1 message in 7 days", StringComparison.Ordinal));
    }

    private static Func<CoreSettings, CoreSettings> Within(int messages) => settings => settings with
    {
        Attention = new AttentionBudget([new AttentionLimit(messages, Week)], [Purpose.Feedback, Purpose.Marketing]),
        Sending = settings.Sending with { ExpiresAfter = null },
    };

    private static string Journey(string name, int priority, string? expires = null) => Words.Journey(
        name, $"- send: hello{(expires is null ? "" : $"\n  expires: {expires}")}\n- wait: 90d", more: $"priority: {priority}", purpose: "feedback");

    private static async Task<Customer> BegunAsync(World world)
    {
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        return anna;
    }

    // In the order of hand-over, and of rank where two went at one moment.
    private static async Task<IReadOnlyList<string>> SentAsync(World world) =>
        [.. (await world.DeliveriesAsync()).Where(one => one.State == DeliveryState.Accepted)
            .OrderBy(one => one.HandedOverAt).ThenByDescending(one => one.Priority).Select(one => one.Journey)];

    private static async Task<string> DecidedAsync(World world, string journey) => (await world.DeliveriesAsync()).Single(one => one.Journey == journey).Decided;

    private static Task<Explanation> ExplainAsync(World world, Customer customer, string journey) =>
        world.Get<IExplainer>().ExplainAsync(customer, journey, null, CancellationToken.None);
}

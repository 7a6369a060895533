using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Attention;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Engine.Tests.Doctor;

public sealed class AttentionExamTests
{
    private const int People = 12;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly string[] Two = [Journey("nps", 90, "30d"), Journey("news", 10, "3d")];

    [Fact]
    public async Task A_journey_that_mostly_loses_is_found_with_what_went_instead() => await LosesAsync(await World.WithAsync(One, Two));

    [SkippableFact]
    public async Task A_journey_that_mostly_loses_is_found_on_postgresql()
    {
        Needs.Postgres();
        await LosesAsync(await World.OnAsync(PostgresServer.Running.NewDatabase(), One, Two));
    }

    [Fact]
    public async Task What_waits_and_can_not_find_room_in_time_is_found_before_it_expires() => await WaitsInVainAsync(await World.WithAsync(One, Five()));

    [SkippableFact]
    public async Task What_waits_in_vain_is_found_on_postgresql()
    {
        Needs.Postgres();
        await WaitsInVainAsync(await World.OnAsync(PostgresServer.Running.NewDatabase(), One, Five()));
    }

    [Fact]
    public async Task A_crowd_that_finds_room_in_time_is_no_finding()
    {
        await using var world = await World.WithAsync(One, [.. Enumerable.Range(1, 5).Select(number => Journey($"j{number}", 50, "60d"))]);
        await BegunAsync(world);
        Assert.Empty(await ExamineAsync(world));
        await world.PassAsync(Week * 3);
        Assert.Empty(await ExamineAsync(world));
    }

    [Fact]
    public async Task Rules_about_the_budget_that_decide_nothing_are_found()
    {
        await using var world = await World.WithAsync(One, Words.Journey("receipt", "- send: hello", more: "priority: 90"), Words.Journey("plain", "- send: hello"));
        Assert.Equal(
            [
                "the attention budget of 1 message in 7 days holds nothing back: it is about feedback and marketing, and no published journey sends for that",
                "the priority 90 of receipt decides nothing: its messages are for service, and the attention budget is about feedback and marketing",
            ],
            (await ExamineAsync(world)).Select(one => one.What));

        await world.PublishAsync(Words.Journey("receipt", "- send: hello\n- send: hello\n  purpose: feedback", more: "priority: 90"));
        Assert.Empty(await ExamineAsync(world));

        await using var unlimited = await World.WithAsync(Words.Journey("receipt", "- send: hello", more: "priority: 90"));
        Assert.Empty(await ExamineAsync(unlimited));
    }

    [Theory]
    [InlineData(1, 10, 3)]
    [InlineData(2, 10, 2)]
    [InlineData(4, 10, 0)]
    [InlineData(1, 30, 0)]
    [InlineData(1, 7, 4)]
    public void So_many_as_the_limit_allows_go_in_each_span_and_the_rest_is_lost(int messages, int expiresDays, int lost)
    {
        var now = DateTimeOffset.UnixEpoch;
        var budget = new AttentionBudget([new AttentionLimit(messages, Week), new AttentionLimit(100, TimeSpan.FromDays(100))], [Purpose.Feedback]);
        var waiting = Enumerable.Range(0, 4).Select(number => new WaitingBid(Guid.Empty, new Bid(Guid.Empty, $"j{number}", "s", 1, 50, now.AddDays(expiresDays), now), now + Week)).ToList();
        Assert.Equal(lost, Backlog.Lost(budget, waiting).Count());
    }

    private static async Task LosesAsync(World world)
    {
        await using var owned = world;
        await BegunAsync(world);
        Assert.Contains("12 will expire before there is room, most of them of news (12)", Assert.Single(await ExamineAsync(world)).What, StringComparison.Ordinal);
        await world.PassAsync(TimeSpan.FromDays(4));

        var finding = Assert.Single(await ExamineAsync(world));
        Assert.Equal(
            (People, false, "messages of news mostly find no room in customers' attention budget of 1 message in 7 days: 12 of 12 that were looked at expired within 7 days; most of what went instead is of nps"),
            ((int)finding.Count, finding.NeedsPerson, finding.What));
        Assert.Contains("Raise its 'priority' (it is 10)", finding.WhatToDo, StringComparison.Ordinal);
        Assert.Equal(await ExamineAsync(world), [finding]);

        await world.PassAsync(Week);
        Assert.Empty(await ExamineAsync(world));
    }

    private static async Task WaitsInVainAsync(World world)
    {
        await using var owned = world;
        await BegunAsync(world);

        var finding = Assert.Single(await ExamineAsync(world));
        Assert.Equal(36, finding.Count);
        Assert.Equal(
            "customers' attention budget of 1 message in 7 days is too small for what waits: of 48 messages to 12 customers that were looked at, 36 will expire before there is room, most of them of j3 (12), j4 (12), j5 (12)",
            finding.What);

        // And so they do.
        await world.PassAsync(Week);
        await world.PassAsync(TimeSpan.FromDays(4));
        Assert.Equal(36, (await world.DeliveriesAsync()).Count(one => one.State == Core.Ledger.DeliveryState.Expired));
    }

    private static async Task BegunAsync(World world)
    {
        for (var number = 0; number < People; number++)
        {
            await world.CustomerAsync($"c{number}");
            await world.TellAsync($"c{number}", "order.delivered");
        }

        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromMinutes(1));
    }

    private static string[] Five() => [.. Enumerable.Range(1, 5).Select(number => Journey($"j{number}", 60 - number, "10d"))];

    private static CoreSettings One(CoreSettings settings) => settings with
    {
        Attention = new AttentionBudget([new AttentionLimit(1, Week)], [Purpose.Feedback, Purpose.Marketing]),
    };

    private static string Journey(string name, int priority, string expires) =>
        Words.Journey(name, $"- send: hello\n  expires: {expires}", more: $"priority: {priority}", purpose: "feedback");

    // What is found beside it is told elsewhere.
    private static async Task<IReadOnlyList<Finding>> ExamineAsync(World world) =>
        [.. (await world.Get<IDoctor>().ExamineAsync(CancellationToken.None)).Where(one => one.What.Contains("attention budget", StringComparison.Ordinal))];
}

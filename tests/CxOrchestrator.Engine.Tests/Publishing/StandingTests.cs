using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Publishing;

public sealed class StandingTests
{
    private const string Steps = "- wait: 2d\n- send: hello\n- wait: 2d\n- send: ask\n  survey: nps";

    [Fact]
    public async Task While_it_is_paused_nobody_enters_and_nobody_walks_and_then_all_go_on_where_they_were()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Steps));
        var (anna, ben) = (await EnteredAsync(world, "anna"), await world.CustomerAsync("ben"));
        await PauseAsync(world, "a wrong price");
        await world.TellAsync("ben", "order.delivered");
        await world.PassAsync(TimeSpan.FromDays(2));
        await world.PassAsync(TimeSpan.FromHours(6));

        Assert.Empty(world.Fake.Emails);
        Assert.Empty(await world.EnrolmentsAsync(ben));
        var refused = await ExplainAsync(world, ben);
        Assert.Equal((ChainOutcome.NotListening, true), (refused.Outcome, refused.Reason.Contains("the journey was paused by Kim", StringComparison.Ordinal)));
        var held = await ExplainAsync(world, anna);
        Assert.Equal((ChainOutcome.Paused, true), (held.Outcome, held.Sentence.Contains("a wrong price", StringComparison.Ordinal)));

        await ResumeAsync(world, skipLate: false);
        await world.RunAsync();
        Assert.Single(world.Fake.Emails);
        Assert.Equal(world.Now.AddDays(2), (await world.OneAsync(anna)).DueAt);
    }

    [Fact]
    public async Task Messages_that_are_not_handed_over_wait_with_the_reason_and_go_when_it_is_resumed()
    {
        await using var world = await World.WithAsync(Quiet, Words.Journey("j", "- send: hello", purpose: "feedback"));
        await EnteredAsync(world, "anna", "Asia/Tokyo");
        Assert.Contains("quiet hours", (await world.DeliveryAsync()).Reason, StringComparison.Ordinal);
        await PauseAsync(world, "");
        await world.PassAsync(TimeSpan.FromHours(24));
        var waiting = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Planned, true), (waiting.State, waiting.Reason.StartsWith("the journey was paused by Kim since", StringComparison.Ordinal)));
        Assert.Empty(world.Fake.Emails);
        Assert.Equal(new HeldCount(0, 1, 0, 0), await world.Get<JourneyControl>().HeldAsync(await StateAsync(world), CancellationToken.None));

        await ResumeAsync(world, skipLate: false);
        await world.PassAsync(TimeSpan.FromHours(12));
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task What_is_late_is_counted_and_where_it_is_skipped_messages_expire_and_walks_leave()
    {
        await using var world = await World.WithAsync(Quiet, Words.Journey("j", Steps, purpose: "feedback"), Words.Journey("k", "- send: hello", purpose: "feedback"));
        var anna = await EnteredAsync(world, "anna", "Asia/Tokyo");
        await PauseAsync(world, "");
        await PauseAsync(world, "", "k");
        await world.PassAsync(TimeSpan.FromDays(5));

        var state = await StateAsync(world);
        Assert.Equal(new HeldCount(1, 0, 1, 0), await world.Get<JourneyControl>().HeldAsync(state, CancellationToken.None));
        Assert.Equal(1, (await world.Get<JourneyControl>().HeldAsync(await StateAsync(world, "k"), CancellationToken.None)).LateMessages);
        await ResumeAsync(world, skipLate: true);
        await ResumeAsync(world, skipLate: true, "k");
        await world.RunAsync();

        Assert.Empty(world.Fake.Emails);
        Assert.Empty(await world.EnrolmentsAsync(anna));
        var expired = await world.DeliveryAsync();
        Assert.Equal(DeliveryState.Expired, expired.State);
        Assert.Contains("which is too late: the journey was resumed by Kim", expired.Reason, StringComparison.Ordinal);
        var told = await ExplainAsync(world, anna);
        Assert.Equal((ChainOutcome.Exited, true), (told.Outcome, told.Reason.Contains("too late", StringComparison.Ordinal)));
        // It lives again for everybody else.
        await EnteredAsync(world, "ben");
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task A_resumption_that_is_cut_off_is_finished_by_the_engine()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Steps));
        await EnteredAsync(world, "anna");
        await PauseAsync(world, "");
        await world.PassAsync(TimeSpan.FromDays(2));
        await world.Get<JourneyControl>().ResumeAsync(await StateAsync(world), "Kim", "", false, CancellationToken.None);

        await using var other = world.Another("two");
        await other.RunAsync();
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task A_pause_can_be_rolled_back_under_and_what_was_held_in_the_meantime_stands_as_before()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Steps));
        var anna = await EnteredAsync(world, "anna");
        var before = await world.OneAsync(anna);
        world.File("journeys/j.yaml", Words.Journey("j", "- wait: 1d\n- send: ask\n  survey: nps", more: "moves: [ { from: \"1\", to: \"1\" } ]"));
        var plan = await world.Get<JourneyPlans>().PlanAsync(world.Files, "journeys/j.yaml", [], CancellationToken.None);
        await FinishAsync(world, (await world.Get<JourneyPublisher>().BeginAsync(plan, CancellationToken.None)).Publication!);
        await PauseAsync(world, "the wrong journey");
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Null((await world.OneAsync(anna)).DueAt);

        await FinishAsync(world, (await world.Get<JourneyPublisher>().RollBackAsync("j", CancellationToken.None)).Publication!);
        var back = await world.OneAsync(anna);
        Assert.Equal((1, before.StepId, before.DueAt, true), (back.Version, back.StepId, back.DueAt, back.Entered));
        await ResumeAsync(world, skipLate: false);
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal("Hello Anna", Assert.Single(world.Fake.Emails).Subject);
    }

    [Fact]
    public async Task While_it_drains_nobody_enters_and_those_under_way_walk_to_their_end()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Steps));
        var (anna, ben) = (await EnteredAsync(world, "anna"), await world.CustomerAsync("ben"));
        await world.Get<JourneyControl>().DrainAsync(await StateAsync(world), "Kim", "", CancellationToken.None);
        await world.TellAsync("ben", "order.delivered");
        for (var day = 0; day < 5; day++)
            await world.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal(2, world.Fake.Emails.Count);
        Assert.Empty(await world.EnrolmentsAsync(anna));
        Assert.Contains("closed to newcomers by Kim", (await ExplainAsync(world, ben)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_ends_everything_and_a_resumption_lets_people_in_again()
    {
        await using var world = await World.WithAsync(Quiet, Words.Journey("j", Steps + "\n- wait: 9d", purpose: "feedback"));
        var anna = await EnteredAsync(world, "anna", "Asia/Tokyo");
        var walk = await world.OneAsync(anna);
        await world.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(DeliveryState.Planned, (await world.DeliveryAsync()).State);

        var stopped = await world.Get<JourneyControl>().StopAsync(await StateAsync(world), "Kim", "it was never meant", CancellationToken.None);
        // The engine goes on with it, where the call was cut off.
        await world.PassAsync(TimeSpan.FromDays(30));
        Assert.Equal((EnrolmentState.Exited, stopped.Words), await world.EnrolmentAsync(walk.Id) is var left ? (left.State, left.Reason) : default);
        Assert.Equal((DeliveryState.Suppressed, stopped.Words), await world.DeliveryAsync() is var row ? (row.State, row.Reason) : default);
        Assert.Empty(world.Fake.Emails);

        await ResumeAsync(world, skipLate: false);
        Assert.Single(await world.EnrolmentsAsync(await EnteredAsync(world, "ben")));
    }

    [Fact]
    public async Task A_schedule_begins_nothing_while_it_is_closed_and_makes_up_for_a_run_only_after_a_pause_that_is_not_skipped()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- wait: 90d", trigger: "{ cron: 0 0 9 ? * *, zone: Etc/UTC }", more: "reentry: always"));
        var anna = await world.CustomerAsync("anna");
        await world.RunAsync();
        await PauseAsync(world, "");
        await world.PassAsync(TimeSpan.FromDays(3));
        Assert.Empty(await world.EnrolmentsAsync(anna));
        await ResumeAsync(world, skipLate: false);
        await world.RunAsync();
        Assert.Single(await world.EnrolmentsAsync(anna));

        await world.Get<JourneyControl>().DrainAsync(await StateAsync(world), "Kim", "", CancellationToken.None);
        await world.PassAsync(TimeSpan.FromDays(3));
        await ResumeAsync(world, skipLate: false);
        await world.RunAsync();
        Assert.Single(await world.EnrolmentsAsync(anna));
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(2, (await world.EnrolmentsAsync(anna)).Count);
    }

    [Fact]
    public async Task A_pause_of_many_days_is_found_by_the_doctor()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Steps));
        await EnteredAsync(world, "anna");
        await PauseAsync(world, "");
        Assert.DoesNotContain(await world.Get<IDoctor>().ExamineAsync(CancellationToken.None), finding => finding.What.Contains("paused", StringComparison.Ordinal));
        await world.PassAsync(TimeSpan.FromDays(4));

        var found = Assert.Single(await world.Get<IDoctor>().ExamineAsync(CancellationToken.None), finding => finding.What.Contains("paused", StringComparison.Ordinal));
        Assert.Contains("it holds 1 walks", found.What, StringComparison.Ordinal);
        Assert.Contains("cxo journeys resume j", found.WhatToDo, StringComparison.Ordinal);
    }

    private static CoreSettings Quiet(CoreSettings settings) =>
        settings with { Sending = new SendingSettings { QuietFrom = new TimeOnly(21, 0), QuietTo = new TimeOnly(8, 0) } };

    private static async Task<Customer> EnteredAsync(World world, string id, string zone = "Etc/UTC")
    {
        var customer = await world.CustomerAsync(id, zone: zone);
        await world.TellAsync(id, "order.delivered");
        await world.RunAsync();
        return customer;
    }

    private static Task<JourneyState> StateAsync(World world, string journey = "j") => world.Get<JourneyControl>().OfAsync(journey, CancellationToken.None);

    private static async Task PauseAsync(World world, string why, string journey = "j") =>
        await world.Get<JourneyControl>().PauseAsync(await StateAsync(world, journey), "Kim", why, CancellationToken.None);

    private static async Task ResumeAsync(World world, bool skipLate, string journey = "j")
    {
        var live = await world.Get<JourneyControl>().ResumeAsync(await StateAsync(world, journey), "Kim", "", skipLate, CancellationToken.None);
        await world.Get<JourneyControl>().ReleaseAsync(live, CancellationToken.None);
    }

    private static Task FinishAsync(World world, Publication publication) =>
        world.Get<JourneyPublisher>().FinishAsync(publication, null, CancellationToken.None);

    private static Task<Explanation> ExplainAsync(World world, Customer customer) =>
        world.Get<IExplainer>().ExplainAsync(customer, "j", null, CancellationToken.None);
}

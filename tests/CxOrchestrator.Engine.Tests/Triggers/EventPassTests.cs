using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Engine.Tests.Triggers;

public sealed class EventPassTests
{
    private const string Wait = "- wait: 30d";

    private static readonly string Bought = Words.Journey(
        "j", "- split: s\n  variants: [ { variant: only, steps: [ { wait: 3d } ] }, { variant: other, steps: [ { wait: 3d } ] } ]",
        more: "goal: { on: order.placed, when: event.data.total >= 20 }\nexit: [ { on: order.placed } ]");

    [Fact]
    public async Task Every_way_of_not_being_enrolled_leaves_its_reason_and_the_books_balance()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Wait, "{ on: order.delivered, when: event.data.total >= 20, within: 2d }"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered", """{ "total": 12 }""");
        await world.TellAsync("anna", "order.delivered", """{ "total": 30 }""", world.Now.AddDays(-3));
        await world.TellAsync("nobody", "order.delivered", """{ "total": 30 }""");
        await world.TellAsync("anna", "order.placed");
        await world.TellAsync("anna", "order.delivered", """{ "total": 30 }""");
        await world.TellAsync("anna", "order.delivered", """{ "total": 31 }""");
        await world.RunAsync();

        var books = await world.BooksAsync();
        Assert.Empty(books.Faults());
        Assert.Equal(
            new Dictionary<EventOutcome, long>
            {
                [EventOutcome.Enrolled] = 1,
                [EventOutcome.ConditionFalse] = 1,
                [EventOutcome.ReentryRefused] = 1,
                [EventOutcome.UnknownCustomer] = 1,
                [EventOutcome.TooOld] = 1,
                [EventOutcome.NoJourney] = 1,
            },
            books.Decisions.Where(pair => pair.Value > 0).ToDictionary());
        var timeline = await world.TimelineAsync(anna);
        Assert.Contains("event.data.total >= 20", timeline, StringComparison.Ordinal);
        Assert.Contains("event.data.total is 12", timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_who_became_known_after_the_event_was_stored_is_recognised()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Wait));
        await world.TellAsync("anna", "order.delivered");
        var anna = await world.CustomerAsync("anna");
        await world.RunAsync();
        Assert.Single(await world.EnrolmentsAsync(anna));
    }

    [Theory]
    [InlineData("once", 1, 1, 1)]
    [InlineData("{ every: 10d }", 1, 1, 2)]
    [InlineData("always", 1, 2, 3)]
    [InlineData("{ per: event.data.order }", 1, 2, 2)]
    public async Task Re_entry_follows_the_rule(string rule, int first, int second, int afterTenDays)
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- exit: done", more: $"reentry: {rule}"));
        await world.CustomerAsync("anna");
        await TellAsync(1, first);
        world.CustomerClock.Advance(TimeSpan.FromDays(1));
        await TellAsync(2, second);
        world.CustomerClock.Advance(TimeSpan.FromDays(9));
        await TellAsync(2, afterTenDays);

        async Task TellAsync(int order, int enrolled)
        {
            await world.TellAsync("anna", "order.delivered", $$"""{ "order": {{order}} }""");
            await world.RunAsync();
            var books = await world.BooksAsync();
            Assert.Equal(enrolled, books.EnrolmentsByEvent);
            Assert.Empty(books.Faults());
        }
    }

    [Fact]
    public async Task An_exit_rule_ends_the_enrolment_and_its_message_is_not_sent()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello\n- wait: 3d", more: "exit: [ { on: order.returned } ]"));
        var anna = await world.CustomerAsync("anna");
        world.Fake.Accepting = false;
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var id = (await world.OneAsync(anna)).Id;
        await world.TellAsync("anna", "order.returned");
        await world.RunAsync();
        Assert.Equal(EnrolmentState.Exited, (await world.EnrolmentAsync(id)).State);

        world.Fake.Accepting = true;
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(world.Fake.Emails);
        var delivery = await world.DeliveryAsync();
        Assert.Equal(DeliveryState.Suppressed, delivery.State);
        Assert.Contains("order.returned", delivery.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_goal_is_marked_once_and_the_walk_goes_on()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- wait: 3d\n- send: hello", more: "goal: { on: order.placed }"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var id = (await world.OneAsync(anna)).Id;
        await world.TellAsync("anna", "order.placed");
        await world.TellAsync("anna", "order.placed");
        await world.RunAsync();
        var at = world.Now;
        await world.PassAsync(TimeSpan.FromDays(3));
        var ended = await world.EnrolmentAsync(id);
        Assert.Equal((EnrolmentState.Completed, at), (ended.State, ended.GoalAt!.Value));
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task An_event_that_is_the_goal_and_ends_the_walk_is_a_conversion() => await ConvertsAsync(await World.WithAsync(Bought));

    [SkippableFact]
    public async Task An_event_that_is_the_goal_and_ends_the_walk_is_a_conversion_on_postgresql()
    {
        Needs.Postgres();
        await ConvertsAsync(await World.OnPostgresAsync(Bought));
    }

    [Fact]
    public async Task Events_of_one_customer_in_one_batch_see_what_the_earlier_ones_did()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Wait, more: "reentry: always\nexit: [ { on: order.returned } ]"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.TellAsync("anna", "order.returned");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync(Work.Events);
        Assert.Single(await world.EnrolmentsAsync(anna));
        var books = await world.BooksAsync();
        Assert.Equal(2, books.EnrolmentsByEvent);
        var states = await world.Get<IEnrolmentStore>().CountAsync(CancellationToken.None);
        Assert.Equal(1, states.Single(count => count.State == EnrolmentState.Exited).Count);
        Assert.Empty(books.Faults());
    }

    [Fact]
    public async Task A_new_version_begins_for_new_enrolments_while_old_ones_walk_the_old()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- wait: 1d\n- exit: old", more: "reentry: always"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        await world.PublishAsync(Words.Journey("j", "- wait: 1d\n- exit: new", more: "reentry: always"));
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var both = (await world.EnrolmentsAsync(anna)).OrderBy(one => one.Version).ToList();
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal("old", (await world.EnrolmentAsync(both[0].Id)).Reason);
        Assert.Equal("new", (await world.EnrolmentAsync(both[1].Id)).Reason);
    }

    [Fact]
    public async Task An_event_whose_enrolment_changed_meanwhile_is_decided_anew_from_what_it_has_become()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Wait, more: "exit: [ { on: order.returned } ]"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var before = await world.OneAsync(anna);
        await world.TellAsync("anna", "order.returned");

        // Another node moves the enrolment between this one's reading and its commit.
        await using var other = world.Another("two");
        var interference = new Interference(other.Get<IEnrolmentStore>(), () => other.Get<IWork>().CommitAsync(
            new Effects { Moves = [before with { Reason = "touched" }] }, CancellationToken.None));
        var wave = new Engine.Triggers.EventWave(
            world.Get<Core.Content.IPublishedContent>(), world.Get<Core.Customers.ICustomerStore>(), interference, world.Get<IWork>(), world.Get<JourneyStates>(),
            world.Get<Engine.Triggers.ActiveRule>(), world.Get<Engine.Triggers.TriggerRule>(), world.Get<Engine.Inbound.FactStores>(),
            world.Get<Engine.Experiments.SplitWatch>(), world.Get<Engine.Moments.SilenceWatch>(), world.Get<Clocks>(), world.Get<Nudges>(),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Engine.Triggers.EventWave>.Instance);
        var claimed = await world.Get<IEventStore>().ClaimAsync(world.Get<EngineNode>().Lease(TimeSpan.FromMinutes(1)), 10, CancellationToken.None);
        var left = await wave.ProcessAsync(claimed, CancellationToken.None);

        Assert.Empty(left);
        Assert.Equal(2, interference.Reads);
        Assert.Equal(EnrolmentState.Exited, (await world.EnrolmentAsync(before.Id)).State);
        var books = await world.BooksAsync();
        Assert.Equal(0, books.EventsWaiting);
        Assert.Empty(books.Faults());
    }

    [Fact]
    public async Task An_event_that_meets_a_bug_is_done_with_and_says_why_while_the_others_are_decided()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Wait));
        var anna = await world.CustomerAsync("anna");
        var ben = await world.CustomerAsync("ben");
        // The end of time, past the intake's checks: seven days after it there is no time.
        var bad = new CustomerEvent
        {
            Id = Ids.New(world.Now), Source = "shop", SourceId = "bad", Type = "order.delivered", Subject = "anna",
            Time = DateTimeOffset.MaxValue.AddHours(-1), ReceivedAt = world.Now,
        };
        await world.Get<IEventStore>().AppendAsync([bad], CancellationToken.None);
        await world.TellAsync("ben", "order.delivered");
        await world.RunAsync();
        Assert.Single(await world.EnrolmentsAsync(ben));
        Assert.Empty(await world.EnrolmentsAsync(anna));
        var books = await world.BooksAsync();
        Assert.Empty(books.Faults());
        Assert.Equal((0L, 1L), (books.EventsWaiting, books.Decisions[EventOutcome.ConditionFalse]));
        Assert.Contains("could not be decided on", await world.TimelineAsync(anna), StringComparison.Ordinal);
    }

    private static async Task ConvertsAsync(World world)
    {
        await using var owned = world;
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var id = (await world.OneAsync(anna)).Id;
        await world.PassAsync(TimeSpan.FromHours(1));
        await world.TellAsync("anna", "order.placed", """{ "total": 20 }""");
        await world.RunAsync();

        var ended = await world.EnrolmentAsync(id);
        Assert.Equal((EnrolmentState.Exited, world.Now, world.Now), (ended.State, ended.GoalAt, ended.EndedAt));
        Assert.Equal(["reached its goal", "left by an exit rule"], ended.Context.Trail.TakeLast(2).Select(trace => trace.Did.Split(':')[0]));
        Assert.Equal((1, 1), Assert.Single(await world.Get<ISplitStore>().TalliesAsync("j", CancellationToken.None)).Sums is var sums ? (sums.People, sums.Goals) : default);
        var placed = (await world.Get<IExplainStore>().ReadAsync(new ExplainQuery(anna, "j", null), CancellationToken.None)).Events.Single(one => one.Event.Type == "order.placed");
        Assert.Equal([EventOutcome.Exited, EventOutcome.GoalReached], placed.Decisions.Where(one => one.EnrolmentId == id).Select(one => one.Outcome).Order());
        Assert.Empty((await world.BooksAsync()).Faults());
    }

    private sealed class Interference(IEnrolmentStore inner, Func<Task> touch) : IEnrolmentStore
    {
        public int Reads { get; private set; }

        public async Task<IReadOnlyList<Enrolment>> ActiveAsync(IReadOnlyCollection<Guid> customerIds, CancellationToken cancellation)
        {
            var read = await inner.ActiveAsync(customerIds, cancellation);
            if (++Reads == 1)
                await touch();
            return read;
        }

        public Task<IReadOnlyDictionary<Guid, Enrolment>> GetAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
            inner.GetAsync(ids, cancellation);

        public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation) => inner.NextDueAsync(cancellation);

        public Task<IReadOnlyList<EnrolmentCount>> CountAsync(CancellationToken cancellation) => inner.CountAsync(cancellation);
    }
}

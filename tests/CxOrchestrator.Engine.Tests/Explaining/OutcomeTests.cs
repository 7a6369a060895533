using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Explaining;

/// <summary>Every way in which a chain can end, each lived through in a small world.</summary>
public sealed class OutcomeTests
{
    private const string Hello = "- send: hello";

    private static readonly Dictionary<ChainOutcome, Life> Lives = new()
    {
        [ChainOutcome.JourneyUnknown] = new("no journey k is published. Did you mean 'j'?", async (_, _) => { }) { Asked = "k" },
        [ChainOutcome.EventUnknown] = new("no event shop/e-404 is stored", async (_, _) => { }) { About = new EventName("shop", "e-404") },
        [ChainOutcome.NeverTriggered] = new("no order.delivered came, which begins it; what came: order.placed", (world, _) => world.TellAsync("anna", "order.placed")),
        [ChainOutcome.AwaitingDecision] = new("is not decided on yet", (world, _) => world.TellAsync("anna", "order.delivered")) { Runs = false },
        [ChainOutcome.NotListening] = new("no journey begins with order.delivered", async (world, _) =>
        {
            await world.TellAsync("anna", "order.delivered");
            await world.RunAsync();
            await world.PublishAsync(Words.Journey("late", Hello));
        })
        { Asked = "late", Journeys = [] },
        [ChainOutcome.ConditionFalse] = new("event.data.total is 12", (world, _) => world.TellAsync("anna", "order.delivered", """{ "total": 12 }"""))
        { Journeys = [Words.Journey("j", Hello, "{ on: order.delivered, when: event.data.total >= 20 }")] },
        [ChainOutcome.ReentryRefused] = new("is free never again", async (world, _) =>
        {
            await world.TellAsync("anna", "order.delivered", """{ "order": 7 }""");
            await world.TellAsync("anna", "order.delivered", """{ "order": 7 }""");
        })
        { Journeys = [Words.Journey("j", Hello, more: "reentry: { per: event.data.order }")], LastEvent = true },
        [ChainOutcome.UnknownCustomer] = new("nobody is known by ben of shop", async (world, _) =>
        {
            await world.TellAsync("ben", "order.delivered");
            await world.RunAsync();
            await world.CustomerAsync("ben");
        })
        { Who = "ben" },
        [ChainOutcome.TooOld] = new("begins a journey within", (world, _) => world.TellAsync("anna", "order.delivered", time: world.Now.AddDays(-30))),
        [ChainOutcome.Due] = new("not walked on yet", async (world, _) =>
        {
            await Begun(world);
            world.CustomerClock.Advance(TimeSpan.FromDays(4));
        })
        { Journeys = [Words.Journey("j", "- wait: 3d\n" + Hello)], Runs = false },
        [ChainOutcome.Waiting] = new("waits for survey.answered until", async (world, _) =>
        {
            await Begun(world);
            await world.PassAsync(TimeSpan.FromHours(1));
        })
        { Journeys = [Words.Journey("j", "- id: ask\n  send: ask\n  survey: nps\n- waitFor: { on: survey.answered, of: ask, upTo: 3d }")], Got = "got ask by e-mail" },
        [ChainOutcome.Planned] = new("quiet hours in Asia/Tokyo until", (world, _) => Begun(world))
        { Journeys = [Words.Journey("j", Hello, purpose: "feedback")], Zone = "Asia/Tokyo", Quiet = true, Got = "has not got hello yet" },
        [ChainOutcome.AwaitsRoom] = new("no room in the customer's attention budget of 1 message in 7 days until", (world, _) => Begun(world))
        { Journeys = [Words.Journey("i", Hello, purpose: "feedback"), Words.Journey("j", Hello, purpose: "feedback")], Scarce = true, Got = "has not got hello yet" },
        [ChainOutcome.Deferred] = new("fake takes no calls now", (world, _) =>
        {
            world.Fake.Accepting = false;
            return Begun(world);
        })
        { Got = "has not got hello yet" },
        [ChainOutcome.Unknown] = new("lost", (world, _) =>
        {
            world.Fake.OnSend = _ => SendResult.Unknown("lost");
            return Begun(world);
        })
        { Got = "may have got hello, which nobody knows (lost)" },
        [ChainOutcome.Sent] = new("accepted by fake", (world, _) => Begun(world)) { Got = "Anna got hello by e-mail on" },
        [ChainOutcome.NotArrived] = new("accepted by fake", async (world, _) =>
        {
            await Begun(world);
            var delivery = await world.DeliveryAsync();
            await world.ToldAsync(world.Fact(ServiceFacts.MessageFailed, """{ "code": "5.2.2", "text": "mailbox full" }""", delivery.Key));
        })
        { Got = "was sent hello by e-mail, and it did not arrive" },
        [ChainOutcome.Rejected] = new("fake refused it: 5.7.1 policy", (world, _) =>
        {
            world.Fake.OnSend = _ => SendResult.Rejected("5.7.1", "policy");
            return Begun(world);
        })
        { Got = "did not get hello" },
        [ChainOutcome.Suppressed] = new("consent for service is withdrawn (by customer, unsubscribe page,", async (world, anna) =>
        {
            await world.Get<IConsentStore>().RecordAsync(
                [new ConsentRecord(anna.Id, Channel.Email, Purpose.Service, ConsentState.Withdrawn, "customer", "unsubscribe page", world.Now)], CancellationToken.None);
            await Begun(world);
        })
        { Got = "did not get hello" },
        [ChainOutcome.Expired] = new("not sent by", async (world, _) =>
        {
            world.Fake.Accepting = false;
            await Begun(world);
            await world.PassAsync(TimeSpan.FromDays(15));
        })
        { Got = "did not get hello" },
        [ChainOutcome.Exited] = new("ended by order.returned", async (world, _) =>
        {
            await Begun(world);
            await world.TellAsync("anna", "order.returned");
        })
        { Journeys = [Words.Journey("j", "- wait: 3d\n" + Hello, more: "exit: [ { on: order.returned } ]")] },
        [ChainOutcome.HeldOut] = new("held out by split s", async (world, anna) =>
        {
            await world.PublishAsync(Words.Journey("j", Splits.HoldingOut(anna.Id, "j"), more: "goal: { on: order.placed }"));
            await Begun(world);
            await world.TellAsync("anna", "order.placed");
        })
        { Journeys = [] },
        [ChainOutcome.GoalReached] = new("its goal was reached on", async (world, _) =>
        {
            await Begun(world);
            await world.TellAsync("anna", "order.placed");
            await world.PassAsync(TimeSpan.FromDays(3));
        })
        { Journeys = [Words.Journey("j", "- wait: 3d\n" + Hello, more: "goal: { on: order.placed }")] },
        [ChainOutcome.Completed] = new("nothing to say", (world, _) => Begun(world)) { Journeys = [Words.Journey("j", "- exit: nothing to say")] },
        [ChainOutcome.Paused] = new("the journey was paused by Kim since", async (world, _) =>
        {
            await Begun(world);
            var control = world.Get<JourneyControl>();
            await control.PauseAsync(await control.OfAsync("j", CancellationToken.None), "Kim", "a wrong price", CancellationToken.None);
            await world.PassAsync(TimeSpan.FromDays(4));
        })
        { Journeys = [Words.Journey("j", "- wait: 3d\n" + Hello)] },
        [ChainOutcome.Failed] = new("share = 100 / event.data.total", (world, _) => Begun(world))
        { Journeys = [Words.Journey("j", "- updateCustomer: { share: 100 / event.data.total }\n- wait: 1d")] },
    };

    /// <summary>Ends by the event that is its goal: that is what it came to.</summary>
    private static readonly Life Bought = new("; ended by order.placed", async (world, _) =>
    {
        await Begun(world);
        await world.TellAsync("anna", "order.placed");
    })
    { Journeys = [Words.Journey("j", "- wait: 3d\n" + Hello, more: "goal: { on: order.placed }\nexit: [ { on: order.placed } ]")], Got = "the walk was left: ended by order.placed; its goal was reached on" };

    public static TheoryData<ChainOutcome> Named => [.. Lives.Keys];

    [Theory]
    [MemberData(nameof(Named))]
    public Task A_chain_ends_in_its_named_outcome_with_its_reason(ChainOutcome outcome) => EndsAsync(outcome, Lives[outcome]);

    [Fact]
    public Task A_walk_that_its_goal_has_ended_has_reached_it() => EndsAsync(ChainOutcome.GoalReached, Bought);

    private static async Task EndsAsync(ChainOutcome outcome, Life life)
    {
        await using var world = await World.WithAsync(
            settings => life.Scarce ? settings with { Attention = new AttentionBudget([new AttentionLimit(1, TimeSpan.FromDays(7))], [Purpose.Feedback]) }
                : life.Quiet ? settings with { Sending = new SendingSettings { QuietFrom = new TimeOnly(21, 0), QuietTo = new TimeOnly(8, 0) } } : settings,
            life.Journeys);
        var anna = await world.CustomerAsync("anna", zone: life.Zone);
        await life.Live(world, anna);
        if (life.Runs)
            await world.RunAsync();
        var who = life.Who == "anna" ? anna : await world.CustomerAsync(life.Who);
        var about = life.LastEvent ? await LastEventAsync(world, anna) : life.About;

        var told = await world.Get<IExplainer>().ExplainAsync(who, life.Asked, about, CancellationToken.None);

        Assert.True(outcome == told.Outcome, $"{told.Outcome}: {told.Sentence}");
        Assert.Contains(life.Reason, told.Reason, StringComparison.Ordinal);
        Assert.Contains(life.Got.Length > 0 ? life.Got : life.Reason, told.Sentence, StringComparison.Ordinal);
        Assert.Equal(outcome is ChainOutcome.Waiting or ChainOutcome.Planned or ChainOutcome.AwaitsRoom or ChainOutcome.Deferred or ChainOutcome.Unknown, told.Until is not null);
    }

    [Fact]
    public void Every_outcome_is_lived_through_but_the_moment_of_handing_over() =>
        Assert.Equal([ChainOutcome.Sending], Enum.GetValues<ChainOutcome>().Except(Lives.Keys));

    private static async Task Begun(World world)
    {
        await world.TellAsync("anna", "order.delivered", """{ "total": "x" }""");
        await world.RunAsync();
    }

    private static async Task<EventName> LastEventAsync(World world, Customer customer)
    {
        var facts = await world.Get<IExplainStore>().ReadAsync(new ExplainQuery(customer, "j", null), CancellationToken.None);
        var refused = facts.Events.Single(one => one.Decisions.Any(decision => decision is { Journey: "j", EnrolmentId: null })).Event;
        return new EventName(refused.Source, refused.SourceId);
    }

    private sealed record Life(string Reason, Func<World, Customer, Task> Live)
    {
        public string[] Journeys { get; init; } = [Words.Journey("j", Hello)];

        public string Asked { get; init; } = "j";

        public string Who { get; init; } = "anna";

        public EventName? About { get; init; }

        public bool LastEvent { get; init; }

        public bool Runs { get; init; } = true;

        public bool Quiet { get; init; }

        public bool Scarce { get; init; }

        public string Zone { get; init; } = "Etc/UTC";

        public string Got { get; init; } = "";
    }
}

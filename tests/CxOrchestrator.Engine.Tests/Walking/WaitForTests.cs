using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Walking;

public sealed class WaitForTests
{
    private const string Ask = """
        - survey: nps
          message: ask
          id: ask
        - waitFor: { on: survey.answered, of: ask, upTo: 5d }
          id: answer
          otherwise: [ { emit: ping, data: { late: "true" } }, { exit: nobody answered } ]
        - choose:
            - when: answer.score <= 6
              steps: [ { exit: unhappy } ]
        - exit: happy
        """;

    private static readonly string Journey = Words.Journey("j", Ask, purpose: "feedback");

    [Fact]
    public async Task An_answer_after_the_wait_began_wakes_it_and_is_seen_by_conditions()
    {
        await using var world = await World.WithAsync(Journey);
        var (id, delivery) = await AskedAsync(world);
        await world.PassAsync(TimeSpan.FromDays(1));
        await world.AnswerAsync(await world.CustomerAsync("anna"), delivery, 3);
        await world.RunAsync();
        Assert.Equal("unhappy", (await world.EnrolmentAsync(id)).Reason);
    }

    [Fact]
    public async Task An_answer_that_arrived_before_the_wait_is_taken_at_once()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j",
            """
            - survey: nps
              message: ask
              id: ask
            - wait: 2d
            - waitFor: { on: survey.answered, of: ask, upTo: 5d }
              otherwise: [ { exit: nobody answered } ]
            - exit: answered
            """,
            purpose: "feedback"));
        var (id, delivery) = await AskedAsync(world);
        await world.AnswerAsync(await world.CustomerAsync("anna"), delivery, 9);
        await world.RunAsync();
        Assert.Equal(EnrolmentState.Active, (await world.EnrolmentAsync(id)).State);
        await world.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal("answered", (await world.EnrolmentAsync(id)).Reason);
    }

    [Fact]
    public async Task An_answer_to_another_delivery_wakes_nobody()
    {
        await using var world = await World.WithAsync(Journey);
        var (id, _) = await AskedAsync(world);
        await world.AnswerAsync(await world.CustomerAsync("anna"), Core.Ids.New(world.Now), 3);
        await world.RunAsync();
        Assert.Equal(EnrolmentState.Active, (await world.EnrolmentAsync(id)).State);
    }

    [Fact]
    public async Task Time_runs_from_the_acceptance_and_then_the_other_branch_is_taken()
    {
        await using var world = await World.WithAsync(Journey);
        var (id, _) = await AskedAsync(world);
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(world.Now.AddDays(5).AddHours(-1), (await world.EnrolmentAsync(id)).DueAt);
        await world.PassAsync(TimeSpan.FromDays(5) - TimeSpan.FromHours(1));
        Assert.Equal("nobody answered", (await world.EnrolmentAsync(id)).Reason);
    }

    [Fact]
    public async Task A_delivery_that_is_deferred_for_long_takes_nothing_from_the_time_to_answer()
    {
        await using var world = await World.WithAsync(Journey);
        world.Fake.OnSend = _ => SendResult.Deferred("busy");
        var (id, delivery) = await AskedAsync(world);
        for (var hour = 0; hour < 24 * 7; hour++)
            await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(EnrolmentState.Active, (await world.EnrolmentAsync(id)).State);

        world.Fake.OnSend = _ => SendResult.Accepted();
        await world.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(DeliveryState.Accepted, (await world.DeliveryAsync()).State);
        for (var hour = 0; hour < 24 * 4; hour++)
            await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(EnrolmentState.Active, (await world.EnrolmentAsync(id)).State);
        await world.AnswerAsync(await world.CustomerAsync("anna"), delivery, 10);
        await world.RunAsync();
        Assert.Equal("happy", (await world.EnrolmentAsync(id)).Reason);
    }

    [Theory]
    [InlineData("rejected")]
    [InlineData("suppressed")]
    [InlineData("expired")]
    public async Task A_delivery_that_is_never_sent_ends_the_wait_at_once(string how)
    {
        await using var world = await World.WithAsync(Journey);
        world.Fake.OnSend = _ => how == "rejected" ? SendResult.Rejected("5.1.1", "no such user") : SendResult.Deferred("busy");
        var anna = await world.CustomerAsync("anna", how == "suppressed" ? null : "auto");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        if (how == "expired")
        {
            Assert.Single(await world.EnrolmentsAsync(anna));
            await world.PassAsync(TimeSpan.FromDays(14));
        }

        Assert.Empty(await world.EnrolmentsAsync(anna));
        Assert.Contains("nobody answered", await world.TimelineAsync(anna), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_on_a_reminder_is_woken_by_the_answer_to_the_first_link()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j",
            """
            - survey: nps
              message: ask
              id: ask
            - waitFor: { on: survey.answered, of: ask, upTo: 1d }
              otherwise:
                - send: ask
                  survey: nps
                  id: again
                - waitFor: { on: survey.answered, of: again, upTo: 5d }
                  otherwise: [ { exit: nobody answered } ]
            - exit: answered
            """,
            purpose: "feedback"));
        var (id, first) = await AskedAsync(world);
        await world.PassAsync(TimeSpan.FromHours(1));
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(2, (await world.DeliveriesAsync()).Count);
        await world.AnswerAsync(await world.CustomerAsync("anna"), first, 9);
        await world.RunAsync();
        Assert.Equal("answered", (await world.EnrolmentAsync(id)).Reason);
    }

    [Fact]
    public async Task Two_waits_for_the_same_type_need_two_events()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j", "- waitFor: { on: ping, upTo: 10d }\n- waitFor: { on: ping, upTo: 10d }\n- exit: twice"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var id = (await world.OneAsync(anna)).Id;
        await world.PassAsync(TimeSpan.FromHours(1));
        await world.TellAsync("anna", "ping");
        await world.RunAsync();
        Assert.Equal(EnrolmentState.Active, (await world.EnrolmentAsync(id)).State);
        await world.PassAsync(TimeSpan.FromHours(1));
        await world.TellAsync("anna", "ping");
        await world.RunAsync();
        Assert.Equal("twice", (await world.EnrolmentAsync(id)).Reason);
    }

    [Fact]
    public async Task A_condition_on_the_event_keeps_the_wait_until_it_holds()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j", "- waitFor: { on: ping, when: event.data.n > 5, upTo: 10d }\n- exit: big"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var id = (await world.OneAsync(anna)).Id;
        await world.TellAsync("anna", "ping", """{ "n": 1 }""");
        await world.RunAsync();
        Assert.Equal(EnrolmentState.Active, (await world.EnrolmentAsync(id)).State);
        await world.TellAsync("anna", "ping", """{ "n": 6 }""");
        await world.RunAsync();
        Assert.Equal("big", (await world.EnrolmentAsync(id)).Reason);
    }

    private static async Task<(Guid Enrolment, Guid Delivery)> AskedAsync(World world)
    {
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        return ((await world.OneAsync(anna)).Id, (await world.DeliveryAsync()).Id);
    }
}

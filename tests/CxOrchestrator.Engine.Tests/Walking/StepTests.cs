using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Walking;

public sealed class StepTests
{
    [Fact]
    public async Task A_wait_lasts_as_long_as_it_says_and_not_less()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- wait: 3d\n- send: hello"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var waiting = await world.OneAsync(anna);
        Assert.True(waiting.Entered);
        Assert.Equal(world.Now.AddDays(3), waiting.DueAt);

        await world.PassAsync(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        Assert.Empty(world.Fake.Emails);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("Hello Anna", Assert.Single(world.Fake.Emails).Subject);
        Assert.Equal(EnrolmentState.Completed, (await world.EnrolmentAsync(waiting.Id)).State);
    }

    [Fact]
    public async Task A_choice_takes_the_first_branch_that_holds_and_goes_on_below_where_none_does()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j",
            """
            - choose:
                - when: event.data.total >= 100
                  steps: [ { updateCustomer: { tier: "'gold'" } } ]
                - when: event.data.total >= 50
                  steps: [ { updateCustomer: { tier: "'silver'" } } ]
            - updateCustomer: { seen: "true" }
            """,
            more: "reentry: always"));
        foreach (var (name, total) in new[] { ("a", 100), ("b", 60), ("c", 10) })
        {
            await world.CustomerAsync(name);
            await world.TellAsync(name, "order.delivered", $$"""{ "total": {{total}} }""");
        }

        await world.RunAsync();
        var people = await world.Get<ICustomerStore>().PageAsync(null, 10, CancellationToken.None);
        Assert.Equal(
            ["""{"tier":"gold","seen":true}""", """{"tier":"silver","seen":true}""", """{"seen":true}"""],
            people.Select(person => person.Attributes.GetRawText()));
        Assert.Equal(5, world.Fake.Changes.Count);
    }

    [Fact]
    public async Task A_step_sees_the_attributes_that_an_earlier_one_has_set()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- updateCustomer: { orders: 1 + 1 }\n- emit: ping\n  data: { orders: customer.orders }"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var ping = await world.Get<IEventStore>().FindAsync(anna.Id, "ping", null, null, CancellationToken.None);
        Assert.Equal("""{"orders":2}""", ping!.Data.GetRawText());
        Assert.Equal(EventTypes.OwnSource, ping.Source);
    }

    [Fact]
    public async Task An_event_that_a_step_tells_begins_another_journey()
    {
        await using var world = await World.WithAsync(
            Words.Journey("first", "- emit: ping"), Words.Journey("second", "- send: hello", "{ on: ping }"));
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Equal("second", (await world.DeliveryAsync()).Journey);
    }

    [Fact]
    public async Task An_exit_step_ends_the_walk_with_its_reason()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- wait: 1h\n- exit: enough"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var id = (await world.OneAsync(anna)).Id;
        await world.PassAsync(TimeSpan.FromHours(1));
        var ended = await world.EnrolmentAsync(id);
        Assert.Equal((EnrolmentState.Completed, "enough", world.Now), (ended.State, ended.Reason, ended.EndedAt));
    }

    [Fact]
    public async Task A_reminder_carries_the_same_invitation_as_the_first_message()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j", "- survey: nps\n  message: ask\n- wait: 1d\n- send: ask\n  survey: nps", purpose: "feedback"));
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(1));
        var deliveries = await world.DeliveriesAsync();
        Assert.Equal(2, deliveries.Count);
        var id = deliveries[0].InvitationId!.Value;
        Assert.Equal(id, deliveries[1].InvitationId);
        var invitation = (await world.Get<ISurveyStore>().FindAsync(id, CancellationToken.None))!.Invitation;
        Assert.Equal(deliveries[0].Id, invitation.DeliveryId);
        Assert.Equal(invitation.CreatedAt.AddDays(30), invitation.ExpiresAt);
        Assert.Equal(world.Fake.Emails[0].Text, world.Fake.Emails[1].Text);
    }

    [Fact]
    public async Task A_case_about_an_answer_has_the_invitation_for_its_origin()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j",
            """
            - survey: nps
              message: ask
              id: ask
            - waitFor: { on: survey.answered, of: ask, upTo: 5d }
            - openCase: detractor
              due: 1 business day
            """,
            purpose: "feedback"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var delivery = await world.DeliveryAsync();
        await world.AnswerAsync(anna, delivery.Id, 3);
        await world.RunAsync();
        var opened = await world.Get<ICaseStore>().FindAsync(Case.OriginOf(delivery.InvitationId!.Value), CancellationToken.None);
        Assert.Equal(CaseState.Open, opened!.State);
        Assert.Equal("care-team", opened.Owner);
        Assert.Contains("so so", Assert.Single(world.Fake.Tickets).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_without_an_answer_has_the_step_for_its_origin()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- openCase: check\n  due: 1d\n  owner: boss\n  id: open"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var opened = Assert.Single(await world.Get<ICaseStore>().ListAsync(null, 10, CancellationToken.None));
        Assert.Equal($"enrolment/{opened.EnrolmentId:N}/open/1", opened.Origin);
        Assert.Equal(("boss", world.Now.AddDays(1), anna.Id), (opened.Owner, opened.DueAt, opened.CustomerId));
    }

    [Fact]
    public async Task A_step_that_cannot_be_done_fails_its_own_enrolment_with_the_reason_and_no_other()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- updateCustomer: { share: 100 / event.data.total }\n- wait: 1d"));
        var bad = await world.CustomerAsync("bad");
        var good = await world.CustomerAsync("good");
        await world.TellAsync("bad", "order.delivered", """{ "total": "x" }""");
        await world.TellAsync("good", "order.delivered", """{ "total": 4 }""");
        await world.RunAsync();
        Assert.Single(await world.EnrolmentsAsync(good));
        Assert.Empty(await world.EnrolmentsAsync(bad));
        var counts = await world.Get<IEnrolmentStore>().CountAsync(CancellationToken.None);
        Assert.Contains(counts, count => count.State == EnrolmentState.Failed && count.Count == 1);
        Assert.Contains("could not be evaluated", await world.TimelineAsync(bad), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_a_survey_step_wait_at_the_ledger_with_an_expiry()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello\n  expires: 2h"));
        world.Fake.Accepting = false;
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var waiting = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Deferred, world.Now.AddHours(2)), (waiting.State, waiting.ExpiresAt!.Value));
    }
}

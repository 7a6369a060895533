using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Explaining;

public sealed class ChainTests
{
    [Fact]
    public async Task A_whole_chain_is_told_in_order_with_values_times_consent_and_answers()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j",
            "- wait: 1d\n- choose:\n    - when: event.data.total >= 20\n      steps:\n        - id: ask\n          send: ask\n          survey: nps\n          via: [ sms, email ]\n- waitFor: { on: survey.answered, of: ask, upTo: 3d }\n- openCase: detractor\n  due: 1d",
            "{ on: order.delivered, when: event.data.total > 10 }", purpose: "feedback"));
        var anna = await world.CustomerAsync("anna");
        await world.Get<IConsentStore>().RecordAsync(
            [new ConsentRecord(anna.Id, Channel.Email, Purpose.Feedback, ConsentState.Given, "customer", "checkout", world.Now)], CancellationToken.None);
        await world.TellAsync("anna", "order.delivered", """{ "total": 30 }""");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(1));
        await world.ToldAsync(world.Fact(ServiceFacts.MessageDelivered, delivery: (await world.DeliveryAsync()).Key));
        Assert.Equal("waits for survey.answered; it last looked before the message was sent", (await ExplainAsync(world, anna)).Reason);
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Contains("waits for survey.answered until", Text(await ExplainAsync(world, anna)), StringComparison.Ordinal);
        await world.PassAsync(TimeSpan.FromDays(3));

        var told = await ExplainAsync(world, anna);

        var text = Text(told);
        Assert.Equal(ChainOutcome.Sent, told.Outcome);
        foreach (var part in new[]
                 {
                     "order.delivered where event.data.total > 10 begins it", "a customer begins it once", "enrolled: order.delivered begins version 1, because event.data.total > 10 is true: event.data.total is 30",
                     "in the re-entry slot \"once\", by order.delivered (shop/", "1: waits until", "1: the wait until", "event.data.total >= 20 is true: event.data.total is 30",
                     "ask: planned ask (SMS, then e-mail)", "ask is handed over: e-mail by fake; SMS: no address; consent for feedback is given (by customer, checkout,",
                     "ask is accepted: accepted by fake; its id there is id-", "told that it was delivered", "waits for survey.answered until", "no survey.answered by",
                     "invited to nps, open until", "opened a case: detractor", "detractor for care-team", "ask by e-mail to fake: written", "completed: walked to the end",
                 })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.All(told.Sections, section =>
        {
            var times = section.Lines.Select(line => line.At).OfType<DateTimeOffset>().ToList();
            Assert.Equal(times.Order(), times);
        });
    }

    [Fact]
    public async Task What_held_a_message_up_is_still_known_when_it_went()
    {
        await using var world = await World.WithAsync(
            settings => settings with { Sending = new SendingSettings { QuietFrom = new TimeOnly(21, 0), QuietTo = new TimeOnly(8, 0) } },
            Words.Journey("j", "- send: hello", purpose: "feedback"));
        var anna = await world.CustomerAsync("anna", zone: "Asia/Tokyo");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Contains("e-mail: nothing was said on feedback, which needs none", Text(await ExplainAsync(world, anna)), StringComparison.Ordinal);
        await world.PassAsync(TimeSpan.FromHours(12));

        Assert.Contains("consent for feedback: nothing was said, and none is needed; before: quiet hours in Asia/Tokyo until", Text(await ExplainAsync(world, anna)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suppressed_address_is_told_with_its_reason_and_a_later_refusal_to_begin_again_stands_in_the_sentence()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        var anna = await world.CustomerAsync("anna");
        world.Fake.OnSend = _ => SendResult.Rejected("5.1.1", "no such user", addressInvalid: true);
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        await world.PublishAsync(Words.Journey("k", "- send: hello", "{ on: ping }"));
        await world.TellAsync("anna", "ping");
        world.CustomerClock.Advance(TimeSpan.FromHours(1));
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();

        Assert.Contains("the e-mail address must not be used: fake refused it: 5.1.1 no such user", Text(await ExplainAsync(world, anna, "k")), StringComparison.Ordinal);
        Assert.Contains("began nothing more: re-entry", (await ExplainAsync(world, anna)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_message_says_when_its_service_is_asked_and_then_what_a_person_does()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        var anna = await world.CustomerAsync("anna");
        world.Fake.OnSend = _ => SendResult.Unknown("lost");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Contains("fake is asked on ", Text(await ExplainAsync(world, anna)), StringComparison.Ordinal);

        await world.Get<ILedger>().LookAgainAsync((await world.DeliveryAsync()).Id, null, CancellationToken.None);

        Assert.Contains($"cxo deliveries settle {(await world.DeliveryAsync()).Key} --sent|--send-again --by NAME", Text(await ExplainAsync(world, anna)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_being_handed_over_is_told_as_such()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync(Engine.Running.Work.Events);
        await world.RunAsync(Engine.Running.Work.Enrolments);
        await world.Get<ILedger>().ClaimDueAsync(new Lease("other", world.Now, world.Now.AddMinutes(1)), world.Now, 10, CancellationToken.None);

        Assert.Equal(ChainOutcome.Sending, (await ExplainAsync(world, anna)).Outcome);
    }

    [Fact]
    public async Task The_event_of_somebody_else_is_not_told()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello", "{ on: order.delivered, when: event.data.total > 10 }"));
        var (anna, ben) = (await world.CustomerAsync("anna"), await world.CustomerAsync("ben"));
        await world.TellAsync("ben", "order.delivered", """{ "total": 3 }""");
        await world.RunAsync();
        var facts = await world.Get<IExplainStore>().ReadAsync(new ExplainQuery(ben, "j", null), CancellationToken.None);
        var name = new EventName("shop", Assert.Single(facts.Events).Event.SourceId);

        var told = await world.Get<IExplainer>().ExplainAsync(anna, "j", name, CancellationToken.None);

        Assert.Equal((ChainOutcome.EventUnknown, $"the event {name} is not this customer's"), (told.Outcome, told.Reason));
        Assert.DoesNotContain("total", Text(told).Replace("event.data.total > 10 begins it", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(ChainOutcome.ConditionFalse, (await world.Get<IExplainer>().ExplainAsync(ben, "j", name, CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task A_schedule_tells_what_it_knows_and_says_what_is_not_kept()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j", "- send: hello", """{ cron: "0 0 9 ? * MON", zone: Etc/UTC, when: customer.points > 3 }"""));
        var anna = await world.CustomerAsync("anna", attributes: """{ "points": 1 }""");

        var told = await ExplainAsync(world, anna);

        Assert.Equal(ChainOutcome.ConditionFalse, told.Outcome);
        Assert.Contains("as things stand now, the condition customer.points > 3 is not true: customer.points is 1", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_walk_keeps_the_newest_of_what_its_steps_did_and_a_wait_looked_at_again_is_told_once()
    {
        var context = Enumerable.Range(1, Trace.Most + 5).Aggregate(new EnrolmentContext(), (all, number) => all.With(new Trace($"{number}", DateTimeOffset.UnixEpoch, "did")));
        Assert.Equal(("6", Trace.Most), (context.Trail[0].Step, context.Trail.Count));

        await using var world = await World.WithAsync(Words.Journey("j", "- id: a\n  send: hello\n- waitFor: { on: order.returned, of: a, upTo: 3d }"));
        var anna = await world.CustomerAsync("anna");
        world.Fake.Accepting = false;
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromHours(2));
        await world.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(2, (await world.OneAsync(anna)).Context.Trail.Count);
    }

    private static Task<Explanation> ExplainAsync(World world, Customer customer, string journey = "j") =>
        world.Get<IExplainer>().ExplainAsync(customer, journey, null, CancellationToken.None);

    private static string Text(Explanation told) =>
        string.Join('\n', told.Sections.SelectMany(section => section.Lines.Select(line => $"{line.At:u} {line.About} {line.Text}").Prepend(section.Title)));
}

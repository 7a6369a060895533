using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Explaining;

namespace CxOrchestrator.Storage.Conformance.Explaining;

/// <summary>What <see cref="IExplainStore"/> promises.</summary>
public abstract class ExplainStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task All_that_belongs_to_a_customer_and_a_journey_is_read_and_nothing_of_others()
    {
        var ana = await CustomerAsync("c-1");
        var ben = await CustomerAsync("c-2");
        var (mine, others) = (await LiveAsync(ana), await LiveAsync(ben));
        await Store.Work.CommitAsync(
            new Effects { Enrolments = [new Enrol(Some.Enrolment(ana.Id) with { Journey = "other" }, null)], Suppressions = [new Suppression(ana.ContactPoints[0], "bounced", Noon)] }, Go);
        await Store.Consents.RecordAsync([new ConsentRecord(ana.Id, Channel.Email, Purpose.Feedback, ConsentState.Withdrawn, "customer", "page", Noon)], Go);

        var facts = await ReadAsync(ana);

        Assert.Equal([mine.Walk.Id], facts.Walks.Select(one => one.Id));
        Assert.Equal([mine.Event.Id], facts.Events.Select(one => one.Event.Id));
        Same(Some.Decision(mine.Event with { CustomerId = ana.Id }, EventOutcome.Enrolled, mine.Walk.Id), Assert.Single(facts.Events[0].Decisions));
        Assert.True(facts.Events[0].Processed);
        Assert.Single(facts.Deliveries);
        Assert.Single(facts.Invitations);
        Assert.Single(facts.Cases);
        Assert.Single(facts.WriteBacks);
        Assert.Equal(("customer", "page"), (facts.Consents.Single().By, facts.Consents.Single().How));
        Assert.Equal("bounced", facts.Suppressions.Single().Reason);
        Assert.Equal((mine.Walk.EntryKey, (DateTimeOffset?)Noon.AddDays(9)), facts.Slots.Single());
        Assert.NotEqual(mine.Walk.Id, others.Walk.Id);
    }

    [SkippableFact]
    public async Task Events_from_before_somebody_was_known_are_found_by_their_ids()
    {
        var early = Some.Event() with { Subject = "c-9" };
        await Store.Events.AppendAsync([early, Some.Event() with { Subject = "c-9", Source = "elsewhere" }], Go);
        await Store.Work.CommitAsync(new Effects { ProcessedEvents = [early.Id], Decisions = [Some.Decision(early, EventOutcome.UnknownCustomer)] }, Go);
        var late = await CustomerAsync("c-9");

        var facts = await ReadAsync(late);

        Assert.Empty(facts.Events);
        Assert.Equal((early.Id, EventOutcome.UnknownCustomer), (facts.Strangers.Single().Event.Id, facts.Strangers.Single().Decisions.Single().Outcome));
    }

    [SkippableFact]
    public async Task One_event_is_found_by_its_name_and_the_decisions_of_other_journeys_stay_out()
    {
        var ana = await CustomerAsync("c-1");
        var fact = Some.Event("order-1");
        await Store.Events.AppendAsync([fact], Go);
        await Store.Work.CommitAsync(
            new Effects { Decisions = [Some.Decision(fact, EventOutcome.TooOld, journey: "other"), Some.Decision(fact, EventOutcome.ConditionFalse)] }, Go);

        var facts = await Store.Explain.ReadAsync(new ExplainQuery(ana, "post-delivery-nps", new EventName("shop", "order-1")), Go);

        Assert.Equal((fact.Id, false), (facts.About!.Event.Id, facts.About.Processed));
        Assert.Equal(EventOutcome.ConditionFalse, Assert.Single(facts.About.Decisions).Outcome);
        Assert.Null((await Store.Explain.ReadAsync(new ExplainQuery(ana, "post-delivery-nps", new EventName("shop", "order-2")), Go)).About);
    }

    [SkippableFact]
    public async Task Events_from_long_before_the_customer_are_told_with_all_that_was_decided_on_them_the_newest_first()
    {
        var ana = await CustomerAsync("c-1");
        var months = Enumerable.Range(0, 40).Select(back => Noon.AddMonths(-back)).ToList();
        var facts = months.Select(month => Some.Event() with { Id = Ids.New(month), Time = month, CustomerId = ana.Id }).ToList();
        var walk = Some.Enrolment(ana.Id);
        await Store.Events.AppendAsync(facts.AsEnumerable().Reverse().ToList(), Go);
        await Store.Work.CommitAsync(
            new Effects
            {
                Enrolments = [new Enrol(walk, null)],
                Decisions =
                [
                    .. facts.Select(fact => Some.Decision(fact, EventOutcome.ReentryRefused)), .. facts.Select(fact => Some.Decision(fact, EventOutcome.Woke, walk.Id)),
                    .. facts.Select(fact => Some.Decision(fact, EventOutcome.GoalReached, Some.Key(), journey: "other")),
                ],
            },
            Go);

        var read = await ReadAsync(ana);

        Assert.Equal(facts.Select(fact => fact.Id), read.Events.Select(one => one.Event.Id));
        Assert.All(read.Events, one => Assert.Equal([EventOutcome.ReentryRefused, EventOutcome.Woke], one.Decisions.Select(decision => decision.Outcome).Order()));
    }

    [SkippableFact]
    public async Task The_event_that_began_a_walk_is_told_also_where_it_is_nobodys()
    {
        var ana = await CustomerAsync("c-1");
        var began = Some.Event() with { Id = Ids.New(Noon.AddYears(-3)), Subject = "unknown" };
        await Store.Events.AppendAsync([began], Go);
        await Store.Work.CommitAsync(new Effects { Enrolments = [new Enrol(Some.Enrolment(ana.Id) with { EventId = began.Id }, null)] }, Go);

        Assert.Equal(began.Id, Assert.Single((await ReadAsync(ana)).Events).Event.Id);
    }

    [SkippableFact]
    public async Task Of_a_customer_to_whom_nothing_happened_nothing_is_told()
    {
        await LiveAsync(await CustomerAsync("c-1"));

        var facts = await ReadAsync(await CustomerAsync("c-2"));

        Assert.Empty(facts.Events);
        Assert.Empty(facts.Walks);
        Assert.Empty(facts.Deliveries);
        Assert.Empty(facts.Invitations);
    }

    private Task<ExplainFacts> ReadAsync(Customer customer) => Store.Explain.ReadAsync(new ExplainQuery(customer, "post-delivery-nps", null), Go);

    private async Task<Customer> CustomerAsync(string shopId)
    {
        var added = (await Store.Customers.UpsertAsync([Some.Draft(shopId)], Noon, Go))[0];
        return (await Store.Customers.GetAsync([added.Id], Go))[added.Id];
    }

    private async Task<(Enrolment Walk, CustomerEvent Event)> LiveAsync(Customer customer)
    {
        var fact = Some.Event() with { Subject = customer.ExternalIds[0].Value };
        await Store.Events.AppendAsync([fact], Go);
        var walk = Some.Enrolment(customer.Id) with { EventId = fact.Id };
        var invitation = Some.Invitation(walk);
        await Store.Work.CommitAsync(
            new Effects
            {
                Enrolments = [new Enrol(walk, Noon.AddDays(9))], Deliveries = [Some.Delivery(walk)], Invitations = [invitation], Cases = [Some.Case(customer.Id)],
                WriteBacks = [Some.WriteBack(customer.Id)], ProcessedEvents = [fact.Id],
                Decisions = [Some.Decision(fact with { CustomerId = customer.Id }, EventOutcome.Enrolled, walk.Id)],
            },
            Go);
        return (walk, fact);
    }
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Storage.Conformance.Timeline;

/// <summary>What <see cref="ITimelineStore"/> promises.</summary>
public abstract class TimelineStoreConformance : StoreConformance
{
    private readonly Guid _customer = Some.Key();

    [Fact]
    public async Task What_a_service_told_stands_on_it_in_its_words_and_with_the_message()
    {
        var delivery = Some.Delivery() with { CustomerId = _customer, State = DeliveryState.Accepted, DueAt = null, SentVia = Channel.Sms };
        var told = Some.Event() with
        {
            Type = "message.failed", Source = "sms-eu", CustomerId = _customer, Data = Json.Parse("{ \"code\": 30003, \"text\": \"手机关机\", \"channel\": \"sms\" }"),
        };
        await Store.Work.CommitAsync(
            new Effects { Deliveries = [delivery], Events = [told], Engagements = [new EngagementChange(delivery.Id, Engagement.Failed, Noon.AddHours(2))] }, Go);

        var entries = await ReadAsync();

        var message = Assert.Single(entries, entry => entry.Kind == TimelineKind.Delivery);
        Assert.Equal(("failed", true), (message.State, message.Detail.Contains("failed 2026-03-02 14:00 UTC", StringComparison.Ordinal)));
        var fact = Assert.Single(entries, entry => entry.Kind == TimelineKind.Event);
        Assert.Equal(("message.failed", "sms"), (fact.Title, fact.Channel));
        Assert.StartsWith("30003 手机关机; from sms-eu", fact.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_without_history_has_an_empty_timeline() => Assert.Empty(await ReadAsync());

    [Fact]
    public async Task Everything_about_a_customer_and_nothing_about_others_stands_on_it_newest_first()
    {
        await StoreHistoryAsync(_customer);
        await StoreHistoryAsync(Some.Key());

        var entries = await ReadAsync();

        Assert.Equal(
            [
                TimelineKind.Consent, TimelineKind.WriteBack, TimelineKind.Case, TimelineKind.Response, TimelineKind.Delivery,
                TimelineKind.Enrolment, TimelineKind.Event,
            ],
            entries.Select(entry => entry.Kind));
        Assert.Equal(entries.OrderByDescending(entry => entry.At).Select(entry => entry.At), entries.Select(entry => entry.At));
    }

    [Fact]
    public async Task At_most_the_limit_is_given_the_newest_of_all()
    {
        await StoreHistoryAsync(_customer);

        Assert.Equal(
            [TimelineKind.Consent, TimelineKind.WriteBack, TimelineKind.Case],
            (await Store.Timeline.ReadAsync(_customer, 3, Go)).Select(entry => entry.Kind));
    }

    [Fact]
    public async Task An_event_says_what_came_of_it_and_why()
    {
        var about = Some.Event() with { CustomerId = _customer };
        await Store.Events.AppendAsync([about], Go);
        Assert.Equal(("order.delivered", "waiting", about.Time), Assert.Single(await ReadAsync()) is var waits ? (waits.Title, waits.State, waits.At) : default);

        await Store.Work.CommitAsync(
            new Effects { Decisions = [Some.Decision(about, EventOutcome.ConditionFalse) with { Reason = "total 10 is not >= 20" }], ProcessedEvents = [about.Id] }, Go);

        var entry = Assert.Single(await ReadAsync());
        Assert.Equal("processed", entry.State);
        Assert.Contains("post-delivery-nps: total 10 is not >= 20", entry.Detail, StringComparison.Ordinal);
        Assert.Contains("shop", entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_events_of_answers_and_messages_do_not_stand_on_it_twice()
    {
        foreach (var type in new[] { EventTypes.SurveyAnswered, EventTypes.DeliveryAccepted, EventTypes.CaseOpened, EventTypes.ConsentGiven, "emitted.by.a.journey" })
            await Store.Events.AppendAsync([Some.Event() with { CustomerId = _customer, Source = EventTypes.OwnSource, Type = type }], Go);

        Assert.Equal("emitted.by.a.journey", Assert.Single(await ReadAsync()).Title);
    }

    [Fact]
    public async Task An_enrolment_tells_its_beginning_its_goal_and_its_end()
    {
        await Store.Work.CommitAsync(
            new Effects
            {
                Enrolments =
                [
                    new(
                        Some.Enrolment(_customer) with
                        {
                            GoalAt = Noon.AddDays(1), EndedAt = Noon.AddDays(2), State = EnrolmentState.Exited, Reason = "the order was returned",
                        },
                        null),
                ],
            },
            Go);

        var entries = await ReadAsync();

        Assert.Equal(["exited", "goal reached", "began"], entries.Select(entry => entry.State));
        Assert.Equal("the order was returned", entries[0].Detail);
        Assert.All(entries, entry => Assert.Equal("post-delivery-nps", entry.Title));
    }

    [Fact]
    public async Task A_delivery_tells_its_message_state_channel_and_reason()
    {
        await Store.Work.CommitAsync(
            new Effects
            {
                Deliveries =
                [
                    Some.Delivery() with { CustomerId = _customer, State = DeliveryState.HandedOver, SentVia = Channel.Sms, ChangedAt = Noon.AddHours(1) },
                    Some.Delivery() with { CustomerId = _customer, State = DeliveryState.Deferred, DueAt = Noon.AddHours(9), Reason = "quiet hours", ChangedAt = Noon },
                ],
            },
            Go);

        var entries = await ReadAsync();

        Assert.Equal(("nps-invitation", "handed over", "sms"), (entries[0].Title, entries[0].State, entries[0].Channel));
        Assert.Equal("deferred", entries[1].State);
        Assert.Contains("quiet hours", entries[1].Detail, StringComparison.Ordinal);
        Assert.Contains("2026-03-02 21:00", entries[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_tells_its_score_and_comment()
    {
        var invitation = Some.Invitation() with { CustomerId = _customer };
        await Store.Work.CommitAsync(new Effects { Invitations = [invitation] }, Go);
        await Store.Surveys.RecordAsync(Some.Response(invitation, 3) with { Comment = "太晚了" }, Effects.None, Go);

        var entry = Assert.Single(await ReadAsync());

        Assert.Equal((TimelineKind.Response, "nps", 3, "太晚了", "post-delivery-nps"), (entry.Kind, entry.Title, entry.Score, entry.Detail, entry.Journey));
    }

    [Fact]
    public async Task A_case_a_write_back_and_a_consent_tell_where_they_stand()
    {
        await Store.Work.CommitAsync(
            new Effects
            {
                Cases = [Some.Case(_customer) with { State = CaseState.Open, Connection = "desk", TicketId = "T-9" }],
                WriteBacks = [Some.WriteBack(_customer) with { State = WriteBackState.Dead, Reason = "no such person" }],
                Consents = [new ConsentRecord(_customer, Channel.Email, Purpose.Marketing, ConsentState.Withdrawn, "customer", "one-click", Noon)],
            },
            Go);

        var entries = (await ReadAsync()).ToDictionary(entry => entry.Kind);

        Assert.Equal(("Scored 2", "open"), (entries[TimelineKind.Case].Title, entries[TimelineKind.Case].State));
        Assert.Contains("T-9", entries[TimelineKind.Case].Detail, StringComparison.Ordinal);
        Assert.Equal(("dead", "no such person"), (entries[TimelineKind.WriteBack].State, entries[TimelineKind.WriteBack].Detail));
        Assert.Equal(("marketing", "withdrawn", "email"), (entries[TimelineKind.Consent].Title, entries[TimelineKind.Consent].State, entries[TimelineKind.Consent].Channel));
    }

    private async Task StoreHistoryAsync(Guid customer)
    {
        var invitation = Some.Invitation() with { CustomerId = customer };
        await Store.Events.AppendAsync([Some.Event() with { CustomerId = customer, Time = Noon }], Go);
        await Store.Work.CommitAsync(
            new Effects
            {
                Enrolments = [new(Some.Enrolment(customer) with { StartedAt = Noon.AddMinutes(1) }, null)],
                Deliveries = [Some.Delivery() with { CustomerId = customer, ChangedAt = Noon.AddMinutes(2) }], Invitations = [invitation],
                Cases = [Some.Case(customer) with { OpenedAt = Noon.AddMinutes(4) }], WriteBacks = [Some.WriteBack(customer) with { At = Noon.AddMinutes(5) }],
                Consents = [new ConsentRecord(customer, Channel.Sms, Purpose.Feedback, ConsentState.Given, "Maria", "phone", Noon.AddMinutes(6))],
            },
            Go);
        await Store.Surveys.RecordAsync(Some.Response(invitation) with { ChangedAt = Noon.AddMinutes(3) }, Effects.None, Go);
    }

    private Task<IReadOnlyList<TimelineEntry>> ReadAsync() => Store.Timeline.ReadAsync(_customer, 100, Go);
}

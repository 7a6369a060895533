using CxOrchestrator.Core;
using CxOrchestrator.Core.Books;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Storage.Conformance.Books;

/// <summary>What <see cref="IBooksStore"/> promises.</summary>
public abstract class BooksStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task Empty_books_balance()
    {
        var books = await Store.Books.ReadAsync(Go);

        Assert.Equal((0, 0, 0), (books.Events, books.DeliveryRows, books.ResponseRevisions));
        Assert.Empty(books.Faults());
    }

    [SkippableFact]
    public async Task Everything_is_counted_where_it_belongs()
    {
        var events = Enumerable.Range(0, 4).Select(_ => Some.Event()).ToArray();
        var enrolment = Some.Enrolment() with { EventId = events[0].Id };
        var invitation = Some.Invitation(enrolment);
        await Store.Events.AppendAsync(events, Go);
        await Store.Work.CommitAsync(
            new Effects
            {
                Enrolments = [new(enrolment, null), new(Some.Enrolment(), null)],
                Deliveries = [Some.Delivery(enrolment), Some.Delivery() with { State = DeliveryState.Unknown }, Some.Delivery() with { State = DeliveryState.Unknown }],
                Invitations = [invitation], Cases = [Some.Case(), Some.Case() with { State = CaseState.Refused }],
                WriteBacks = [Some.WriteBack(), Some.WriteBack() with { State = WriteBackState.Dead }],
                Decisions =
                [
                    Some.Decision(events[0], EventOutcome.Enrolled, enrolment.Id), Some.Decision(events[0], EventOutcome.ConditionFalse, journey: "other"),
                    Some.Decision(events[0], EventOutcome.Exited, Some.Key()), Some.Decision(events[1], EventOutcome.NoJourney, journey: ""),
                ],
                ProcessedEvents = [events[0].Id, events[1].Id],
            },
            Go);
        await AnswerAsync(Some.Response(invitation));
        await AnswerAsync(Some.Response(invitation) with { Revision = 2 });

        var books = await Store.Books.ReadAsync(Go);

        Assert.Empty(books.Faults());
        Assert.Equal((6, 4, 0), (books.Events, books.EventsWaiting, books.EventsWithoutDecision));
        Assert.Equal(
            [(EventOutcome.Enrolled, 1), (EventOutcome.ConditionFalse, 1), (EventOutcome.NoJourney, 1L)],
            books.Decisions.OrderBy(count => count.Key).Select(count => (count.Key, count.Value)));
        Assert.Equal((1, 1), (books.EnrolmentsByEvent, books.EnrolmentsBySchedule));
        Assert.Equal((3, 1, 2), (books.DeliveryRows, books.Deliveries[DeliveryState.Planned], books.Deliveries[DeliveryState.Unknown]));
        Assert.Equal((1, 2, 2, 2), (books.Responses, books.ResponseRevisions, books.AnswerEvents, books.AnswerWriteBacks));
        Assert.Equal((1, 1), (books.Cases[CaseState.Opening], books.Cases[CaseState.Refused]));
        Assert.Equal((3, 1), (books.WriteBacks[WriteBackState.Waiting], books.WriteBacks[WriteBackState.Dead]));
    }

    [SkippableFact]
    public async Task A_processed_event_without_decision_is_a_fault()
    {
        var lost = Some.Event();
        await Store.Events.AppendAsync([lost], Go);
        await Store.Work.CommitAsync(new Effects { ProcessedEvents = [lost.Id], Decisions = [Some.Decision(lost, EventOutcome.Woke, Some.Key())] }, Go);

        var books = await Store.Books.ReadAsync(Go);

        Assert.Equal(1, books.EventsWithoutDecision);
        Assert.Single(books.Faults());
    }

    [SkippableFact]
    public async Task They_balance_at_every_moment_while_others_write()
    {
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var about = Some.Event();
                var enrolment = Some.Enrolment() with { EventId = about.Id };
                await Store.Work.CommitAsync(
                    new Effects
                    {
                        Events = [about], Enrolments = [new(enrolment, null)], Decisions = [Some.Decision(about, EventOutcome.Enrolled, enrolment.Id)],
                        ProcessedEvents = [about.Id], Deliveries = [Some.Delivery(enrolment)],
                    },
                    Go);
            }
        });
        var other = await AnotherProcessAsync();

        for (var i = 0; i < 50; i++)
        {
            var books = await (i % 2 == 0 ? Store : other).Books.ReadAsync(Go);
            Assert.Empty(books.Faults());
            Assert.Equal((0, books.Events), (books.EventsWaiting, books.DeliveryRows));
        }

        await stop.CancelAsync();
        await writing;
    }

    private Task AnswerAsync(Core.Surveys.Response response) => Store.Surveys.RecordAsync(
        response,
        new Effects
        {
            Events = [Some.Event() with { Source = EventTypes.OwnSource, Type = EventTypes.SurveyAnswered }],
            WriteBacks = [Some.WriteBack(response.CustomerId) with { Kind = CrmChangeKind.Answer }],
        },
        Go);
}

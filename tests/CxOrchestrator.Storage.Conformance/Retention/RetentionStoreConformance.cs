using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Retention;

namespace CxOrchestrator.Storage.Conformance.Retention;

/// <summary>What <see cref="IRetentionStore"/> promises, and what holds over the turn of a month.</summary>
public abstract class RetentionStoreConformance : StoreConformance
{
    private static readonly DateTimeOffset EndOfMarch = new(2026, 3, 31, 23, 59, 59, 999, TimeSpan.Zero);
    private static readonly DateTimeOffset April = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RetentionLimits FromApril = new(new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 1));

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_event_that_is_told_again_in_another_month_is_the_same_event(bool clockGoesBack)
    {
        await Store.Retention.PrepareAsync(EndOfMarch, Go);
        var (first, again) = clockGoesBack ? (April, EndOfMarch) : (EndOfMarch, April);

        Assert.Equal([true], await Store.Events.AppendAsync([EventAt(first, "o-1")], Go));
        Assert.Equal([false, true], await Store.Events.AppendAsync([EventAt(again, "o-1"), EventAt(again, "o-2")], Go));

        Assert.Equal((2, 2), await Store.Events.CountAsync(Go));
    }

    [SkippableFact]
    public async Task A_steps_occurrence_has_one_ledger_row_over_the_turn_of_a_month()
    {
        await Store.Retention.PrepareAsync(EndOfMarch, Go);
        var first = Some.Delivery() with { Id = Ids.New(EndOfMarch) };
        var again = first with { Id = Ids.New(April) };

        await Store.Work.CommitAsync(new Effects { Deliveries = [first] }, Go);
        await Store.Work.CommitAsync(new Effects { Deliveries = [again, again with { Id = Ids.New(April), Occurrence = 2 }] }, Go);

        Assert.Equal([first.Id], (await Store.Ledger.GetAsync([first.Id, again.Id], Go)).Keys);
        Assert.Equal(2, (await Store.Ledger.CountAsync(Go))[DeliveryState.Planned]);
    }

    [SkippableFact]
    public async Task Without_a_limit_nothing_is_dropped()
    {
        await Store.Retention.PrepareAsync(EndOfMarch, Go);
        await StoreDoneAsync(EndOfMarch, "o-1");

        Assert.Equal(new Dropped(0, 0), await Store.Retention.DropAsync(new RetentionLimits(null, null), Go));
        Assert.Empty(await Store.Retention.HeldBackAsync(new RetentionLimits(null, null), Go));

        Assert.Equal((1, 0), await Store.Events.CountAsync(Go));
    }

    [SkippableFact]
    public async Task What_is_old_and_has_ended_is_dropped_with_what_was_decided_and_the_rest_stays()
    {
        await Store.Retention.PrepareAsync(EndOfMarch, Go);
        var old = await StoreDoneAsync(EndOfMarch, "o-1");
        var young = await StoreDoneAsync(April, "o-2");
        var (oldRow, youngRow) = (await StoreEndedAsync(EndOfMarch), await StoreEndedAsync(April));

        Assert.Equal(new Dropped(1, 1), await Store.Retention.DropAsync(FromApril, Go));
        Assert.Equal(new Dropped(0, 0), await Store.Retention.DropAsync(FromApril, Go));

        Assert.Equal((1, 0), await Store.Events.CountAsync(Go));
        Assert.Equal([youngRow], (await Store.Ledger.GetAsync([oldRow, youngRow], Go)).Keys);
        Assert.Null(await Store.Events.FindAsync(old.CustomerId!.Value, old.Type, null, null, Go));
        Assert.NotNull(await Store.Events.FindAsync(young.CustomerId!.Value, young.Type, null, null, Go));
        Assert.Empty(await Store.Retention.HeldBackAsync(FromApril, Go));
    }

    [SkippableFact]
    public async Task Events_go_by_their_limit_and_the_ledger_by_its_own()
    {
        await Store.Retention.PrepareAsync(EndOfMarch, Go);
        await StoreDoneAsync(EndOfMarch, "o-1");
        await StoreEndedAsync(EndOfMarch);

        Assert.Equal(new Dropped(0, 1), await Store.Retention.DropAsync(FromApril with { Events = null }, Go));
        Assert.Equal(new Dropped(1, 0), await Store.Retention.DropAsync(FromApril with { Ledger = null }, Go));
    }

    [SkippableFact]
    public async Task An_event_that_is_told_again_after_it_was_dropped_is_still_the_same_event()
    {
        await Store.Retention.PrepareAsync(EndOfMarch, Go);
        await StoreDoneAsync(EndOfMarch, "o-1");
        await Store.Retention.DropAsync(FromApril, Go);

        Assert.Equal([false, true], await Store.Events.AppendAsync([EventAt(April, "o-1"), EventAt(April, "o-2")], Go));

        Assert.Equal((1, 1), await Store.Events.CountAsync(Go));
    }

    [SkippableFact]
    public async Task The_books_balance_after_events_and_rows_were_dropped()
    {
        await Store.Retention.PrepareAsync(EndOfMarch, Go);
        var enrolment = Some.Enrolment() with { State = EnrolmentState.Completed, DueAt = null, EndedAt = April, EventId = Ids.New(EndOfMarch) };
        var begins = EventAt(EndOfMarch, "o-1") with { Id = enrolment.EventId.Value };
        await Store.Events.AppendAsync([begins], Go);
        await Store.Work.CommitAsync(
            new Effects
            {
                Enrolments = [new Enrol(enrolment, null)], Decisions = [Some.Decision(begins, EventOutcome.Enrolled, enrolment.Id)], ProcessedEvents = [begins.Id],
            },
            Go);
        await StoreEndedAsync(EndOfMarch, enrolment);

        await Store.Retention.DropAsync(FromApril, Go);

        var books = await Store.Books.ReadAsync(Go);
        Assert.Empty(books.Faults());
        Assert.Equal((0, 1, 1, 1), (books.Events, books.EventsDropped, books.LedgerRowsDropped, books.Decisions[EventOutcome.Enrolled]));
    }

    [SkippableFact]
    public async Task What_is_open_is_never_dropped_and_is_told()
    {
        await Store.Retention.PrepareAsync(EndOfMarch, Go);
        await Store.Events.AppendAsync([EventAt(EndOfMarch, "open")], Go);
        var states = new[] { DeliveryState.Planned, DeliveryState.Claimed, DeliveryState.HandedOver, DeliveryState.Deferred, DeliveryState.Unknown };
        var open = states.Select(state => Some.Delivery() with { Id = Ids.New(EndOfMarch), State = state }).ToList();
        await Store.Work.CommitAsync(new Effects { Deliveries = open, Claim = By() }, Go);

        Assert.Equal(new Dropped(0, 0), await Store.Retention.DropAsync(FromApril, Go));

        Assert.Equal(open.Count, (await Store.Ledger.GetAsync([.. open.Select(one => one.Id)], Go)).Count);
        Assert.Equal(
            [(HeldBecause.EventsOpen, 1L), (HeldBecause.MessagesOpen, 5L)],
            (await Store.Retention.HeldBackAsync(FromApril, Go)).Select(held => (held.Because, held.Rows)));
    }

    [SkippableTheory]
    [InlineData(EnrolmentState.Active)]
    [InlineData(EnrolmentState.Failed)]
    public async Task What_belongs_to_a_walk_that_has_not_ended_well_stays_until_it_has(EnrolmentState state)
    {
        await Store.Retention.PrepareAsync(EndOfMarch, Go);
        var walk = Some.Enrolment() with { State = state, EventId = Ids.New(EndOfMarch), DueAt = state == EnrolmentState.Active ? Noon : null };
        var begins = EventAt(EndOfMarch, "o-1") with { Id = walk.EventId.Value };
        await Store.Events.AppendAsync([begins], Go);
        await Store.Work.CommitAsync(new Effects { Enrolments = [new Enrol(walk, null)], ProcessedEvents = [begins.Id] }, Go);
        await StoreEndedAsync(EndOfMarch, walk);

        Assert.Equal(new Dropped(0, 0), await Store.Retention.DropAsync(FromApril, Go));
        Assert.Equal(
            [(HeldBecause.EventsOfWalks, 1L), (HeldBecause.MessagesOfWalks, 1L)],
            (await Store.Retention.HeldBackAsync(FromApril, Go)).Select(held => (held.Because, held.Rows)));

        await Store.Work.CommitAsync(
            new Effects { Moves = [walk with { State = EnrolmentState.Completed, DueAt = null, EndedAt = April }] }, Go);
        Assert.Equal(new Dropped(1, 1), await Store.Retention.DropAsync(FromApril, Go));
    }

    [SkippableFact]
    public async Task Many_pages_of_what_has_no_month_of_its_own_are_dropped()
    {
        var long_ago = April.AddYears(-9);
        var events = Enumerable.Range(0, 2_300).Select(number => EventAt(long_ago, $"o-{number}")).ToList();
        await Store.Events.AppendAsync(events, Go);
        await Store.Work.CommitAsync(new Effects { ProcessedEvents = [.. events.Select(one => one.Id)] }, Go);

        Assert.Equal(new Dropped(2_300, 0), await Store.Retention.DropAsync(FromApril, Go));

        Assert.Equal((0, 0), await Store.Events.CountAsync(Go));
        Assert.Equal(2_300, (await Store.Books.ReadAsync(Go)).EventsDropped);
    }

    [SkippableFact]
    public async Task Of_several_that_drop_at_once_each_row_is_counted_by_one()
    {
        await Store.Retention.PrepareAsync(EndOfMarch, Go);
        for (var number = 0; number < 20; number++)
            await StoreDoneAsync(EndOfMarch, $"o-{number}");
        var other = await AnotherProcessAsync();

        var dropped = await Task.WhenAll(new[] { Store, other, Store, other }.Select(store => Task.Run(() => store.Retention.DropAsync(FromApril, Go))));

        Assert.Equal(20, dropped.Sum(one => one.Events));
        Assert.Equal(20, (await Store.Books.ReadAsync(Go)).EventsDropped);
    }

    private static CustomerEvent EventAt(DateTimeOffset at, string sourceId) =>
        Some.Event(sourceId) with { Id = Ids.New(at), CustomerId = Some.Key(), Time = at, ReceivedAt = at };

    private async Task<CustomerEvent> StoreDoneAsync(DateTimeOffset at, string sourceId)
    {
        var stored = EventAt(at, sourceId);
        await Store.Events.AppendAsync([stored], Go);
        await Store.Work.CommitAsync(new Effects { Decisions = [Some.Decision(stored, EventOutcome.NoJourney, journey: "")], ProcessedEvents = [stored.Id] }, Go);
        return stored;
    }

    private async Task<Guid> StoreEndedAsync(DateTimeOffset at, Enrolment? enrolment = null)
    {
        var ended = Some.Delivery(enrolment) with { Id = Ids.New(at), State = DeliveryState.Accepted };
        await Store.Work.CommitAsync(new Effects { Deliveries = [ended] }, Go);
        return ended.Id;
    }
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Retention;
using CxOrchestrator.Storage.Conformance;
using CxOrchestrator.Storage.Postgres;
using Npgsql;

namespace CxOrchestrator.Storage.Tests.Postgres;

/// <summary>Months of events and ledger rows, and what must hold over all of them.</summary>
public sealed class PgPartitionTests : IAsyncLifetime
{
    private static readonly CancellationToken Go = CancellationToken.None;
    private static readonly DateTimeOffset EndOfMarch = new(2026, 3, 31, 23, 59, 59, 999, TimeSpan.Zero);
    private static readonly DateTimeOffset April = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private OpenStore? _opened;

    private OpenStore Store => _opened!;

    public async Task InitializeAsync() => _opened = await PgStores.OpenAsync();

    public async Task DisposeAsync()
    {
        if (_opened is not null)
            await _opened.DisposeAsync();
    }

    [SkippableFact]
    public async Task An_event_that_comes_again_in_another_month_is_the_same_event()
    {
        await MakeAsync(EndOfMarch);

        Assert.Equal([true], await Store.Events.AppendAsync([EventOf(EndOfMarch)], Go));
        Assert.Equal([false], await Store.Events.AppendAsync([EventOf(April)], Go));

        Assert.Equal((1, 1), await Store.Events.CountAsync(Go));
        Assert.Equal([1, 0], await CountAsync("events_2026_03", "events_2026_04"));
    }

    [SkippableFact]
    public async Task Of_writers_whose_clocks_stand_on_both_sides_of_a_months_end_one_stores_the_event()
    {
        await MakeAsync(EndOfMarch);

        var stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => Store.Events.AppendAsync(
            [.. Enumerable.Range(0, 50).Select(number => EventOf(writer % 2 == 0 ? EndOfMarch : April) with { SourceId = $"o-{number}" })], Go))));

        Assert.Equal(50, stored.Sum(one => one.Count(isNew => isNew)));
        Assert.Equal((50, 50), await Store.Events.CountAsync(Go));
    }

    [SkippableFact]
    public async Task Work_of_several_months_is_claimed_in_one_order_and_ended_by_key()
    {
        await MakeAsync(EndOfMarch);
        var due = new[] { April, EndOfMarch, April.AddYears(-1) }
            .Select((at, number) => Some.Delivery() with { Id = Ids.New(at), DueAt = EndOfMarch.AddMinutes(number) }).ToList();
        await Store.Work.CommitAsync(new Effects { Deliveries = due }, Go);
        var lease = new Lease("node-a", April, April.AddMinutes(5));

        var claimed = await Store.Ledger.ClaimDueAsync(lease, April.AddHours(1), 2, Go);
        Assert.Equal(due.Take(2).Select(one => one.Id), claimed.Select(one => one.Id));
        Assert.Equal(2, (await Store.Ledger.HandOverAsync(lease, [.. claimed.Select(one => new HandOver(one.Id, Core.Customers.Channel.Email, "mail"))], April, Go)).Count);
        await Store.Ledger.CompleteAsync(
            lease, [.. claimed.Select(one => new DeliveryOutcome { Id = one.Id, State = DeliveryState.Accepted, Reason = "accepted", At = April })], Go);

        Assert.Equal(2, (await Store.Ledger.CountAsync(Go))[DeliveryState.Accepted]);
        Assert.Equal([1, 1, 1], await CountAsync("deliveries_2026_03", "deliveries_2026_04", "deliveries_rest"));
    }

    [SkippableFact]
    public async Task A_group_of_rows_goes_to_its_months_own_table_and_one_of_several_months_to_the_whole()
    {
        var months = new LedgerMonths();
        months.Have([new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1)]);
        var (march, april, may) = (Ids.New(EndOfMarch), Ids.New(April), Ids.New(April.AddMonths(1)));

        Assert.Equal("deliveries_2026_03", months.TableOf([march, InOrderOfTime.FirstOf(new DateOnly(2026, 3, 1))]));
        Assert.Equal("deliveries_2026_04", months.TableOf([april, InOrderOfTime.FirstOf(new DateOnly(2026, 4, 1))]));
        Assert.Equal("deliveries", months.TableOf([march, april]));
        Assert.Equal("deliveries", months.TableOf([may]));

        await MakeAsync(EndOfMarch);
        await MakeAsync(April);
        foreach (var at in new[] { April.AddYears(-1), EndOfMarch, April, April.AddMonths(1) })
        {
            List<Delivery> due = [.. Enumerable.Range(0, 3).Select(_ => Some.Delivery() with { Id = Ids.New(at), DueAt = EndOfMarch })];
            await Store.Work.CommitAsync(new Effects { Deliveries = due }, Go);
            var lease = new Lease("node-a", April, April.AddMinutes(5));
            var claimed = await Store.Ledger.ClaimDueAsync(lease, April, 10, Go);

            Assert.Equal(3, (await Store.Ledger.HandOverAsync(lease, [.. claimed.Select(one => new HandOver(one.Id, Core.Customers.Channel.Email, "mail"))], April, Go)).Count);
            await Store.Ledger.CompleteAsync(
                lease, [.. claimed.Select(one => new DeliveryOutcome { Id = one.Id, State = DeliveryState.Accepted, Reason = "accepted", At = April })], Go);

            Assert.All((await Store.Ledger.GetAsync([.. due.Select(one => one.Id)], Go)).Values, one => Assert.Equal(DeliveryState.Accepted, one.State));
        }
    }

    [SkippableFact]
    public async Task What_came_before_its_month_was_made_moves_there_with_everything_it_has()
    {
        var (early, other) = (EventOf(April), EventOf(April.AddYears(3)) with { SourceId = "other" });
        await Store.Events.AppendAsync([early, other], Go);
        await Store.Work.CommitAsync(new Effects { Decisions = [Some.Decision(early, EventOutcome.NoJourney)], Deliveries = [Some.Delivery() with { Id = Ids.New(April) }] }, Go);

        var made = await MakeAsync(April);

        Assert.Equal(9, made.Count);
        Assert.Contains("events_2026_06", made);
        Assert.Equal([1, 1, 1, 1], await CountAsync("events_2026_04", "event_decisions_2026_04", "deliveries_2026_04", "events_rest"));
        Assert.Equal([early.Id, other.Id], (await Store.Events.ClaimAsync(new Lease("node-a", April, April.AddMinutes(1)), 10, Go)).Select(one => one.Id));
        Assert.Empty(await MakeAsync(April));
    }

    [SkippableFact]
    public async Task Of_nodes_that_make_the_same_months_at_once_each_is_made_by_one()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MakeAsync(April))));

        Assert.Equal(9, made.Sum(names => names.Count));
    }

    [SkippableFact]
    public async Task A_month_stays_as_a_whole_for_one_open_row_and_goes_as_a_table_when_that_has_ended()
    {
        await MakeAsync(EndOfMarch);
        var ended = Some.Delivery() with { Id = Ids.New(EndOfMarch), State = DeliveryState.Accepted };
        var unknown = Some.Delivery() with { Id = Ids.New(EndOfMarch), State = DeliveryState.Unknown };
        await Store.Work.CommitAsync(new Effects { Deliveries = [ended, unknown] }, Go);
        var limits = new RetentionLimits(null, new DateOnly(2026, 4, 1));

        Assert.Equal(new Dropped(0, 0), await Store.Retention.DropAsync(limits, Go));
        Assert.Equal([new HeldBack(HeldBecause.MessagesOpen, new DateOnly(2026, 3, 1), 1)], await Store.Retention.HeldBackAsync(limits, Go));
        await Store.Ledger.SettleAsync(new DeliveryOutcome { Id = unknown.Id, State = DeliveryState.Accepted, Reason = "seen", At = April }, Go);

        Assert.Equal(new Dropped(0, 2), await Store.Retention.DropAsync(limits, Go));
        Assert.Equal([0, 0], await CountAsync("pg_class where relname = 'deliveries_2026_03' and relnamespace = current_schema()::regnamespace", "delivery_steps"));
    }

    [SkippableFact]
    public async Task A_message_that_is_handed_over_long_after_its_month_takes_room_until_its_month_goes()
    {
        var january = EndOfMarch.AddMonths(-2);
        await MakeAsync(january);
        await MakeAsync(April);
        var customer = Some.Key();
        var (old, later) = (Some.Delivery() with { Id = Ids.New(january), PlannedAt = january, CustomerId = customer }, Some.Delivery() with { Id = Ids.New(April), PlannedAt = April, CustomerId = customer });
        await Store.Work.CommitAsync(new Effects { Deliveries = [old, later] }, Go);
        var lease = new Lease("node-a", April, April.AddMinutes(5));
        await Store.Ledger.ClaimDueAsync(lease, Core.Customers.Channel.Email, April, 10, Go);
        var room = new AttentionClaim(customer, new AttentionBudget([new(1, TimeSpan.FromDays(7))], [old.Purpose]));

        Assert.Single(await Store.Ledger.HandOverAsync(lease, [new HandOver(old.Id, Core.Customers.Channel.Email, "mail") { Attention = room }], April, Go));
        Assert.Empty(await Store.Ledger.HandOverAsync(lease, [new HandOver(later.Id, Core.Customers.Channel.Email, "mail") { Attention = room }], April.AddMinutes(1), Go));
        await Store.Ledger.CompleteAsync(lease, [new DeliveryOutcome { Id = old.Id, State = DeliveryState.Accepted, Reason = "accepted", At = April }], Go);
        Assert.Equal([1, 1, 1], await CountAsync("deliveries_2026_01", "late_hand_overs", "late_hand_overs where counts"));

        Assert.Equal(new Dropped(0, 1), await Store.Retention.DropAsync(new RetentionLimits(null, new DateOnly(2026, 2, 1)), Go));
        Assert.Equal([0], await CountAsync("late_hand_overs"));
    }

    [SkippableFact]
    public async Task A_month_whose_lock_is_not_given_in_time_stays_and_nothing_is_counted()
    {
        await MakeAsync(EndOfMarch);
        await Store.Work.CommitAsync(new Effects { Deliveries = [Some.Delivery() with { Id = Ids.New(EndOfMarch), State = DeliveryState.Accepted }] }, Go);
        await using var source = NpgsqlDataSource.Create($"{PgStores.ConnectionOf(Store)};Pooling=false");
        await using (var reader = await source.OpenConnectionAsync())
        {
            await using var begun = await reader.BeginTransactionAsync();
            await using var look = new NpgsqlCommand("select count(*) from deliveries", reader, begun);
            await look.ExecuteScalarAsync();
            await Assert.ThrowsAsync<StorageException>(() => Store.Retention.DropAsync(new RetentionLimits(null, new DateOnly(2026, 4, 1)), Go));
        }

        Assert.Equal([1, 0], await CountAsync("deliveries_2026_03", "dropped_rows"));
        Assert.Equal(new Dropped(0, 1), await Store.Retention.DropAsync(new RetentionLimits(null, new DateOnly(2026, 4, 1)), Go));
    }

    [SkippableFact]
    public async Task What_lies_in_no_month_is_told()
    {
        await Store.Events.AppendAsync([EventOf(April)], Go);

        Assert.Equal([new HeldBack(HeldBecause.NoMonth, null, 1)], await Store.Retention.HeldBackAsync(new RetentionLimits(null, null), Go));
        await Store.Retention.PrepareAsync(April, Go);
        Assert.Empty(await Store.Retention.HeldBackAsync(new RetentionLimits(null, null), Go));
    }

    [SkippableFact]
    public async Task Migrating_makes_this_month_and_the_next_ones()
    {
        var months = await CountAsync("pg_inherits where inhparent = 'events'::regclass");

        Assert.Equal([Partitions.MonthsAhead + 2], months);
    }

    private static CustomerEvent EventOf(DateTimeOffset at) => Some.Event("o-1") with { Id = Ids.New(at), ReceivedAt = at };

    private async Task<IReadOnlyList<string>> MakeAsync(DateTimeOffset now)
    {
        await using var database = new PgDatabase(PgStores.ConnectionOf(Store));
        return await Partitions.MakeAsync(database, now, Go);
    }

    private async Task<List<int>> CountAsync(params string[] tables)
    {
        await using var source = NpgsqlDataSource.Create($"{PgStores.ConnectionOf(Store)};Pooling=false");
        var counts = new List<int>();
        foreach (var table in tables)
        {
            await using var command = source.CreateCommand($"select count(*)::int from {table}");
            counts.Add((int)(await command.ExecuteScalarAsync())!);
        }

        return counts;
    }
}

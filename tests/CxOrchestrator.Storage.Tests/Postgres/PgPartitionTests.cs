using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
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
    public async Task A_steps_occurrence_has_one_ledger_row_over_all_months()
    {
        await MakeAsync(EndOfMarch);
        var first = Some.Delivery() with { Id = Ids.New(EndOfMarch) };
        var again = first with { Id = Ids.New(April) };

        await Store.Work.CommitAsync(new Effects { Deliveries = [first] }, Go);
        await Store.Work.CommitAsync(new Effects { Deliveries = [again] }, Go);

        Assert.Equal([first.Id], (await Store.Ledger.GetAsync([first.Id, again.Id], Go)).Keys);
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

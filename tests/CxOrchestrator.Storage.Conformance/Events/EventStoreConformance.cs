using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage.Conformance.Events;

/// <summary>What <see cref="IEventStore"/> promises.</summary>
public abstract class EventStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task A_new_event_is_stored_with_every_field()
    {
        var stored = Some.Event() with
        {
            Type = "ticket.solved", Subject = "สมชาย", CustomerId = Some.Key(), DeliveryId = Some.Key(), EnrolmentId = Some.Key(),
            Time = Noon.AddTicks(-7_654_320), Data = Json.Parse("""{"deep":{"list":[1,2.5,null,"日本語 \u0000 \"q\""]}}"""),
        };

        Assert.Equal([true], await Store.Events.AppendAsync([stored], Go));

        Same(stored, Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go)));
    }

    [SkippableFact]
    public async Task The_same_source_and_id_is_one_event()
    {
        var first = Some.Event("o-1");

        Assert.Equal([true], await Store.Events.AppendAsync([first], Go));
        Assert.Equal([false], await Store.Events.AppendAsync([Some.Event("o-1")], Go));
        Assert.Equal([false], await Store.Events.AppendAsync([first], Go));

        Assert.Equal(1, (await Store.Events.CountAsync(Go)).Stored);
        Assert.Equal(first.Id, Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go)).Id);
    }

    [SkippableFact]
    public async Task The_same_id_at_another_source_is_another_event() =>
        Assert.Equal([true, true], await Store.Events.AppendAsync([Some.Event("o-1"), Some.Event("o-1") with { Source = "crm" }], Go));

    [SkippableFact]
    public async Task An_id_is_compared_by_its_exact_letters() =>
        Assert.Equal(
            [true, true, true, true],
            await Store.Events.AppendAsync([Some.Event("é"), Some.Event("e\u0301"), Some.Event("É"), Some.Event("é ")], Go));

    [SkippableFact]
    public async Task Twice_within_a_call_is_one_event() =>
        Assert.Equal(
            [true, false, true, false],
            await Store.Events.AppendAsync([Some.Event("o-1"), Some.Event("o-1"), Some.Event("o-2"), Some.Event("o-2")], Go));

    [SkippableFact]
    public async Task Of_new_ones_known_ones_and_those_that_come_twice_each_is_told_by_itself()
    {
        var (known, first) = (Some.Event("o-5"), Some.Event("o-3") with { Subject = "first" });
        await Store.Events.AppendAsync([known], Go);

        var fresh = await Store.Events.AppendAsync(
            [
                Some.Event("o-9"), Some.Event("o-5"), first, Some.Event("o-1"), Some.Event("o-3") with { Subject = "second" },
                Some.Event("o-3") with { Source = "crm" }, Some.Event("o-9"), Some.Event("o-0"),
            ],
            Go);

        Assert.Equal([true, false, true, true, false, true, false, true], fresh);
        var stored = await Store.Events.ClaimAsync(By(), 10, Go);
        Assert.Equal(6, stored.Count);
        Assert.Equal("first", Assert.Single(stored, one => one.Id == first.Id).Subject);
    }

    [SkippableFact]
    public async Task Two_processes_that_append_the_same_events_in_opposite_orders_store_each_once()
    {
        var other = await AnotherProcessAsync();

        var answers = await Task.WhenAll(new[] { (Store, 1), (other, -1), (Store, -1), (other, 1) }.Select(one => Task.Run(async () =>
        {
            var news = 0;
            for (var round = 0; round < 15; round++)
            {
                var events = Enumerable.Range(0, 40).Select(i => Some.Event($"{round}-{i}") with { Source = i % 3 == 0 ? "crm" : "shop" });
                news += (await one.Item1.Events.AppendAsync([.. one.Item2 > 0 ? events : events.Reverse()], Go)).Count(isNew => isNew);
            }

            return news;
        })));

        Assert.Equal(600, answers.Sum());
        Assert.Equal(600, (await Store.Events.CountAsync(Go)).Stored);
    }

    [SkippableFact]
    public async Task A_call_that_can_never_be_stored_is_told_apart_from_a_store_that_is_out_of_order() =>
        Assert.False((await Assert.ThrowsAnyAsync<StoreFaultException>(() => Store.Events.AppendAsync([Some.Event() with { Type = null! }], Go))).MayPass);

    [SkippableFact]
    public async Task An_empty_call_stores_nothing() => Assert.Empty(await Store.Events.AppendAsync([], Go));

    [SkippableFact]
    public async Task A_call_that_fails_in_the_middle_stores_nothing_of_it()
    {
        var broken = Some.Event() with { Type = null! };

        await Assert.ThrowsAnyAsync<Exception>(() => Store.Events.AppendAsync([Some.Event(), broken, Some.Event()], Go));

        Assert.Equal((0, 0), await Store.Events.CountAsync(Go));
    }

    [SkippableFact]
    public async Task The_customer_is_found_by_source_and_subject_first()
    {
        var upserts = await Store.Customers.UpsertAsync(
            [Some.Draft() with { ExternalIds = [new("shop", "7")] }, Some.Draft() with { ExternalIds = [new("customer", "7")] }], Noon, Go);

        await Store.Events.AppendAsync([Some.Event() with { Subject = "7" }], Go);

        Assert.Equal(upserts[0].Id, Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go)).CustomerId);
    }

    [SkippableFact]
    public async Task The_customer_is_found_by_the_common_id_where_the_source_has_none()
    {
        var known = (await Store.Customers.UpsertAsync([Some.Draft() with { ExternalIds = [new("customer", "7")] }], Noon, Go))[0].Id;

        await Store.Events.AppendAsync([Some.Event() with { Subject = "7" }], Go);

        Assert.Equal(known, Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go)).CustomerId);
    }

    [SkippableFact]
    public async Task A_customer_that_is_given_is_kept()
    {
        await Store.Customers.UpsertAsync([Some.Draft("c-1")], Noon, Go);
        var given = Some.Key();

        await Store.Events.AppendAsync([Some.Event() with { CustomerId = given }], Go);

        Assert.Equal(given, Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go)).CustomerId);
    }

    [SkippableFact]
    public async Task An_event_of_a_person_who_is_imported_later_stays_without_customer()
    {
        await Store.Events.AppendAsync([Some.Event()], Go);
        await Store.Customers.UpsertAsync([Some.Draft()], Noon, Go);

        Assert.Null(Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go)).CustomerId);
    }

    [SkippableFact]
    public async Task An_event_becomes_that_of_the_customer_whom_a_decision_on_it_names_and_of_nobody_else_after()
    {
        var (customer, about) = (Some.Key(), Some.Event());
        await Store.Events.AppendAsync([about], Go);
        var named = Some.Decision(about, EventOutcome.NoJourney, journey: "") with { CustomerId = customer };

        await Store.Work.CommitAsync(new Effects { Decisions = [named] }, Go);
        await Store.Work.CommitAsync(new Effects { Decisions = [named with { CustomerId = Some.Key(), Outcome = EventOutcome.Woke }] }, Go);

        Same(about with { CustomerId = customer }, await Store.Events.FindAsync(customer, about.Type, null, null, Go));
        Assert.Contains("because", Assert.Single(await Store.Timeline.ReadAsync(customer, 10, Go)).Detail, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_oldest_are_claimed_first_up_to_the_limit()
    {
        var events = Enumerable.Range(0, 5).Select(_ => Some.Event()).ToList();
        await Store.Events.AppendAsync([.. Enumerable.Reverse(events)], Go);

        Assert.Equal(events.Take(3).Select(one => one.Id), (await Store.Events.ClaimAsync(By(), 3, Go)).Select(one => one.Id));
        Assert.Equal(events.Skip(3).Select(one => one.Id), (await Store.Events.ClaimAsync(By(), 3, Go)).Select(one => one.Id));
    }

    [SkippableFact]
    public async Task A_claimed_event_is_nobody_elses_until_its_lease_ends()
    {
        var stored = Some.Event();
        await Store.Events.AppendAsync([stored], Go);

        Assert.Single(await Store.Events.ClaimAsync(By("node-a"), 10, Go));
        Assert.Empty(await Store.Events.ClaimAsync(By("node-b", seconds: 59), 10, Go));
        Assert.Equal(stored.Id, Assert.Single(await Store.Events.ClaimAsync(By("node-b", seconds: 60), 10, Go)).Id);
        Assert.Empty(await Store.Events.ClaimAsync(By("node-a", seconds: 61), 10, Go));
    }

    [SkippableFact]
    public async Task A_processed_event_is_never_claimed_again()
    {
        var stored = Some.Event();
        await Store.Events.AppendAsync([stored], Go);
        await Store.Events.ClaimAsync(By(), 10, Go);

        await Store.Work.CommitAsync(new Effects { ProcessedEvents = [stored.Id] }, Go);

        Assert.Empty(await Store.Events.ClaimAsync(By("node-b", seconds: 3600), 10, Go));
        Assert.Equal((1, 0), await Store.Events.CountAsync(Go));
    }

    [SkippableFact]
    public async Task Claimed_events_count_as_unprocessed()
    {
        await Store.Events.AppendAsync([Some.Event(), Some.Event(), Some.Event()], Go);
        await Store.Events.ClaimAsync(By(), 1, Go);

        Assert.Equal((3, 3), await Store.Events.CountAsync(Go));
    }

    [SkippableFact]
    public async Task Several_claimers_never_get_the_same_event()
    {
        var events = Enumerable.Range(0, 200).Select(_ => Some.Event()).ToList();
        await Store.Events.AppendAsync(events, Go);
        var other = await AnotherProcessAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => ClaimAllAsync(n % 2 == 0 ? Store : other, $"node-{n}"))));

        var claimed = claims.SelectMany(keys => keys).ToList();
        Assert.Equal(events.Select(one => one.Id).Order(), claimed.Order());
    }

    [SkippableFact]
    public async Task Eight_writers_with_duplicates_store_exactly_the_distinct_events()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var news = 0;
            for (var i = 0; i < 125; i++)
            {
                // Every tenth is one that all writers send.
                var sourceId = i % 10 == 0 ? $"shared-{i}" : $"{writer}-{i}";
                news += (await Store.Events.AppendAsync([Some.Event(sourceId)], Go))[0] ? 1 : 0;
            }

            return news;
        })));

        const int Distinct = (8 * 112) + 13;
        Assert.Equal(Distinct, answers.Sum());
        Assert.Equal((Distinct, Distinct), await Store.Events.CountAsync(Go));
    }

    [SkippableFact]
    public async Task Two_processes_that_append_the_same_events_store_each_once()
    {
        var other = await AnotherProcessAsync();

        var answers = await Task.WhenAll(new[] { Store, other, Store, other }.Select(store => Task.Run(async () =>
        {
            var news = 0;
            for (var batch = 0; batch < 10; batch++)
                news += (await store.Events.AppendAsync([.. Enumerable.Range(0, 20).Select(i => Some.Event($"{batch}-{i}"))], Go)).Count(isNew => isNew);
            return news;
        })));

        Assert.Equal(200, answers.Sum());
        Assert.Equal(200, (await Store.Events.CountAsync(Go)).Stored);
    }

    [SkippableFact]
    public async Task The_newest_event_about_a_delivery_is_found()
    {
        var (customer, delivery) = (Some.Key(), Some.Key());
        var about = Some.Event() with { CustomerId = customer, DeliveryId = delivery, Type = "survey.answered" };
        var newest = about with { Id = Some.Key(), SourceId = "2", Time = Noon };
        await Store.Events.AppendAsync(
            [
                newest, about, about with { Id = Some.Key(), SourceId = "3", Type = "delivery.accepted", Time = Noon.AddHours(1) },
                about with { Id = Some.Key(), SourceId = "4", DeliveryId = Some.Key(), Time = Noon.AddHours(1) },
            ],
            Go);

        Same(newest, await Store.Events.FindAsync(customer, "survey.answered", delivery, null, Go));
        Assert.Null(await Store.Events.FindAsync(customer, "survey.answered", Some.Key(), null, Go));
    }

    [SkippableFact]
    public async Task The_newest_event_about_a_customer_since_a_time_is_found()
    {
        var customer = Some.Key();
        var early = Some.Event() with { CustomerId = customer, Time = Noon.AddHours(-2) };
        var late = Some.Event() with { CustomerId = customer, Time = Noon.AddHours(-1) };
        await Store.Events.AppendAsync([late, early, Some.Event() with { CustomerId = Some.Key(), Time = Noon }], Go);

        Same(late, await Store.Events.FindAsync(customer, "order.delivered", null, Noon.AddHours(-1), Go));
        Same(late, await Store.Events.FindAsync(customer, "order.delivered", null, null, Go));
        Assert.Null(await Store.Events.FindAsync(customer, "order.delivered", null, Noon.AddMinutes(-59), Go));
        Assert.Null(await Store.Events.FindAsync(customer, "order.returned", null, null, Go));
    }

    [SkippableTheory]
    [InlineData(-62_000_000_000_000_010L)]
    [InlineData(-10L)]
    [InlineData(0L)]
    [InlineData(10L)]
    [InlineData(17_000_000_000_123_450L)]
    public async Task A_time_comes_back_exact_to_the_microsecond(long ticksSince1970)
    {
        var time = DateTimeOffset.UnixEpoch.AddTicks(ticksSince1970);
        await Store.Events.AppendAsync([Some.Event() with { Time = time }], Go);

        Assert.Equal(time, Assert.Single(await Store.Events.ClaimAsync(By(), 1, Go)).Time);
    }

    [SkippableFact]
    public async Task A_time_with_an_offset_comes_back_as_the_same_moment()
    {
        var time = new DateTimeOffset(2018, 1, 1, 23, 30, 0, TimeSpan.FromHours(-3));
        await Store.Events.AppendAsync([Some.Event() with { Time = time }], Go);

        Assert.Equal(time, Assert.Single(await Store.Events.ClaimAsync(By(), 1, Go)).Time);
    }

    [SkippableFact]
    public async Task Five_thousand_events_in_one_call_are_stored()
    {
        var answers = await Store.Events.AppendAsync([.. Enumerable.Range(0, 5000).Select(_ => Some.Event())], Go);

        Assert.All(answers, Assert.True);
        Assert.Equal(5000, (await Store.Events.ClaimAsync(By(), 10_000, Go)).Count);
    }

    [SkippableFact]
    public async Task A_call_that_was_cancelled_before_it_began_stores_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.Events.AppendAsync([Some.Event()], new CancellationToken(canceled: true)));

        Assert.Equal(0, (await Store.Events.CountAsync(Go)).Stored);
    }

    private static async Task<List<Guid>> ClaimAllAsync(OpenStore store, string node)
    {
        var claimed = new List<Guid>();
        while (await store.Events.ClaimAsync(By(node), 7, Go) is { Count: > 0 } page)
            claimed.AddRange(page.Select(one => one.Id));
        return claimed;
    }
}

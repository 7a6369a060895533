using CxOrchestrator.Core;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Storage.Conformance.WriteBacks;

/// <summary>What <see cref="IWriteBackStore"/> promises.</summary>
public abstract class WriteBackStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task A_write_back_comes_back_with_every_field()
    {
        var whole = Some.WriteBack() with
        {
            Kind = CrmChangeKind.Score, Title = "NPS 9，送货", Values = Json.Parse("""{"score":9,"text":"خوب","list":[1,null]}"""), At = Noon.AddTicks(10),
            State = WriteBackState.Dead, DueAt = null, Attempts = 7, Reason = "refused", Connection = "crm", CrmId = "00Q1", EnrolmentId = Some.Key(),
        };

        await OweAsync(whole);

        Same(whole, Assert.Single(await Store.WriteBacks.ListAsync(WriteBackState.Dead, 10, Go)));
    }

    [SkippableFact]
    public async Task A_dead_one_is_given_up_with_who_and_why_and_comes_back_no_more()
    {
        var (dead, waiting) = (Some.WriteBack() with { State = WriteBackState.Dead, Reason = "no such field" }, Some.WriteBack());
        await OweAsync(dead, waiting);

        Assert.True(await Store.WriteBacks.DiscardAsync(dead.Id, "discarded by Kim: a test", Go));

        Assert.Equal("discarded by Kim: a test; it died of: no such field", Assert.Single(await Store.WriteBacks.ListAsync(WriteBackState.Discarded, 10, Go)).Reason);
        Assert.False(await Store.WriteBacks.DiscardAsync(dead.Id, "again", Go));
        Assert.False(await Store.WriteBacks.DiscardAsync(waiting.Id, "it lives", Go));
        Assert.False(await Store.WriteBacks.ReplayAsync(dead.Id, Noon, Go));
        Assert.Equal([waiting.Id], (await ClaimAsync()).Select(one => one.Id));
    }

    [SkippableFact]
    public async Task The_longest_due_are_claimed_first_and_given_in_order_of_key()
    {
        var owed = Enumerable.Range(0, 5).Select(i => Some.WriteBack() with { DueAt = Noon.AddMinutes(-i) }).ToArray();
        await OweAsync(owed);

        Assert.Equal([owed[3].Id, owed[4].Id], (await ClaimAsync(limit: 2)).Select(one => one.Id));
        Assert.Equal([owed[0].Id, owed[1].Id, owed[2].Id], (await ClaimAsync()).Select(one => one.Id));
    }

    [SkippableFact]
    public async Task What_was_put_off_is_due_at_once_when_it_is_hastened_and_nothing_else_is()
    {
        var putOff = Some.WriteBack() with { DueAt = Noon.AddHours(1), Reason = "gone" };
        await OweAsync(
            putOff, Some.WriteBack() with { DueAt = Noon.AddHours(2) }, Some.WriteBack() with { State = WriteBackState.Dead, DueAt = null, Reason = "refused" });

        Assert.Equal(1, await Store.WriteBacks.HastenAsync(Noon, Go));
        Assert.Equal(putOff.Id, Assert.Single(await ClaimAsync()).Id);
        Assert.Equal(0, await Store.WriteBacks.HastenAsync(Noon, Go));
    }

    [SkippableFact]
    public async Task What_is_not_due_or_has_ended_is_not_claimed()
    {
        await OweAsync(
            Some.WriteBack() with { DueAt = Noon.AddTicks(10) }, Some.WriteBack() with { State = WriteBackState.Written },
            Some.WriteBack() with { State = WriteBackState.Dead });

        Assert.Empty(await ClaimAsync());
    }

    [SkippableFact]
    public async Task A_customers_later_one_waits_until_the_earlier_one_is_written()
    {
        var customer = Some.Key();
        var (first, second, other) = (Some.WriteBack(customer), Some.WriteBack(customer), Some.WriteBack());
        await OweAsync(second, other, first);

        Assert.Equal([first.Id, other.Id], (await ClaimAsync()).Select(one => one.Id));
        Assert.Empty(await ClaimAsync());
        await Store.WriteBacks.CompleteAsync([Written(first)], Go);
        Assert.Equal(second.Id, Assert.Single(await ClaimAsync()).Id);
    }

    [SkippableFact]
    public async Task A_customers_later_one_waits_while_the_earlier_one_is_to_be_tried_again()
    {
        var customer = Some.Key();
        var (first, second) = (Some.WriteBack(customer), Some.WriteBack(customer));
        await OweAsync(first);
        await ClaimAsync();
        await OweAsync(second);

        await Store.WriteBacks.CompleteAsync([first with { DueAt = Noon.AddMinutes(5), Attempts = 1, Reason = "429" }], Go);

        Assert.Empty(await ClaimAsync());
        Assert.Equal((first.Id, 1), Assert.Single(await ClaimAsync(now: Noon.AddMinutes(5))) is var again ? (again.Id, again.Attempts) : default);
    }

    [SkippableFact]
    public async Task A_customers_later_one_goes_on_when_the_earlier_one_is_dead()
    {
        var customer = Some.Key();
        var (first, second) = (Some.WriteBack(customer), Some.WriteBack(customer));
        await OweAsync(first, second);
        await ClaimAsync();

        await Store.WriteBacks.CompleteAsync([first with { State = WriteBackState.Dead, Reason = "refused" }], Go);

        Assert.Equal(second.Id, Assert.Single(await ClaimAsync()).Id);
    }

    [SkippableFact]
    public async Task An_earlier_one_that_comes_in_later_goes_first()
    {
        var customer = Some.Key();
        var (first, second) = (Some.WriteBack(customer), Some.WriteBack(customer));
        await OweAsync(second);
        await OweAsync(first);

        Assert.Equal(first.Id, Assert.Single(await ClaimAsync()).Id);
    }

    [SkippableFact]
    public async Task A_claimed_one_is_nobody_elses_until_its_lease_ends()
    {
        await OweAsync(Some.WriteBack());

        Assert.Single(await ClaimAsync(By("node-a")));
        Assert.Empty(await ClaimAsync(By("node-b", 59)));
        Assert.Single(await ClaimAsync(By("node-b", 60)));
    }

    [SkippableFact]
    public async Task Several_claimers_write_each_once_and_each_customers_in_order()
    {
        var owed = Enumerable.Range(0, 20).Select(_ => Some.Key()).SelectMany(customer => new[] { Some.WriteBack(customer), Some.WriteBack(customer), Some.WriteBack(customer) }).ToArray();
        await OweAsync(owed);
        var other = await AnotherProcessAsync();
        var written = new List<WriteBack>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            var store = n % 2 == 0 ? Store : other;
            // Each round writes at least one of somebody's; a store that never frees the next one ends the fact instead of hanging it.
            for (var round = 0; round < 1000 && await WaitingAsync(store) > 0; round++)
            {
                var page = await store.WriteBacks.ClaimDueAsync(By($"node-{n}"), Noon, 3, Go);
                lock (written)
                    written.AddRange(page);
                await store.WriteBacks.CompleteAsync([.. page.Select(Written)], Go);
            }
        })));

        Assert.Equal(owed.Select(one => one.Id).Order(), written.Select(one => one.Id).Order());
        Assert.All(
            written.GroupBy(one => one.CustomerId),
            ofOne => Assert.Equal(owed.Where(one => one.CustomerId == ofOne.Key).Select(one => one.Id), ofOne.Select(one => one.Id)));
    }

    [SkippableFact]
    public async Task An_outcome_is_stored_and_ends_its_due_time()
    {
        var owed = Some.WriteBack();
        await OweAsync(owed);
        await ClaimAsync();

        await Store.WriteBacks.CompleteAsync([Written(owed)], Go);

        Same(Written(owed) with { DueAt = null }, Assert.Single(await Store.WriteBacks.ListAsync(WriteBackState.Written, 10, Go)));
    }

    [SkippableFact]
    public async Task A_late_try_again_does_not_undo_what_is_written_and_a_late_written_counts_for_a_dead_one()
    {
        var (written, dead) = (Some.WriteBack(), Some.WriteBack());
        await OweAsync(written, dead);
        await Store.WriteBacks.CompleteAsync([Written(written), dead with { State = WriteBackState.Dead }], Go);

        await Store.WriteBacks.CompleteAsync([written with { DueAt = Noon }, Written(dead)], Go);

        Assert.Equal(2, (await Store.WriteBacks.CountAsync(Go))[WriteBackState.Written]);
    }

    [SkippableFact]
    public async Task A_dead_one_is_replayed_and_any_other_is_not()
    {
        var (dead, written) = (Some.WriteBack() with { State = WriteBackState.Dead, Attempts = 9 }, Some.WriteBack() with { State = WriteBackState.Written });
        await OweAsync(dead, written);

        Assert.True(await Store.WriteBacks.ReplayAsync(dead.Id, Noon.AddDays(1), Go));
        Assert.False(await Store.WriteBacks.ReplayAsync(dead.Id, Noon, Go));
        Assert.False(await Store.WriteBacks.ReplayAsync(written.Id, Noon, Go));
        Assert.False(await Store.WriteBacks.ReplayAsync(Some.Key(), Noon, Go));

        Assert.Empty(await ClaimAsync());
        Assert.Equal((dead.Id, 0), Assert.Single(await ClaimAsync(now: Noon.AddDays(1))) is var again ? (again.Id, again.Attempts) : default);
    }

    [SkippableFact]
    public async Task A_replayed_one_goes_before_the_customers_later_ones()
    {
        var customer = Some.Key();
        var (dead, later) = (Some.WriteBack(customer) with { State = WriteBackState.Dead }, Some.WriteBack(customer));
        await OweAsync(dead, later);

        await Store.WriteBacks.ReplayAsync(dead.Id, Noon, Go);

        Assert.Equal(dead.Id, Assert.Single(await ClaimAsync()).Id);
    }

    [SkippableFact]
    public async Task Those_of_a_state_are_listed_newest_first_and_counted()
    {
        var owed = Enumerable.Range(0, 4).Select(i => Some.WriteBack() with { State = i == 0 ? WriteBackState.Written : WriteBackState.Dead }).ToArray();
        await OweAsync(owed);

        Assert.Equal([owed[3].Id, owed[2].Id], (await Store.WriteBacks.ListAsync(WriteBackState.Dead, 2, Go)).Select(one => one.Id));
        Assert.Equal(3, (await Store.WriteBacks.CountAsync(Go))[WriteBackState.Dead]);
    }

    private static WriteBack Written(WriteBack owed) =>
        owed with { State = WriteBackState.Written, Connection = "crm", CrmId = "1", Attempts = 1, Reason = "written" };

    private Task OweAsync(params WriteBack[] owed) => Store.Work.CommitAsync(new Effects { WriteBacks = owed }, Go);

    private static async Task<long> WaitingAsync(OpenStore store) =>
        (await store.WriteBacks.CountAsync(Go)).GetValueOrDefault(WriteBackState.Waiting);

    private Task<IReadOnlyList<WriteBack>> ClaimAsync(Lease? lease = null, DateTimeOffset? now = null, int limit = 100) =>
        Store.WriteBacks.ClaimDueAsync(lease ?? By(), now ?? Noon, limit, Go);
}

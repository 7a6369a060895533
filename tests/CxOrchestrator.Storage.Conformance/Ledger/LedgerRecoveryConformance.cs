using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Storage.Conformance.Ledger;

/// <summary>What <see cref="ILedger"/> promises when a node is lost, comes back late, or a person settles what nobody knows.</summary>
public abstract class LedgerRecoveryConformance : LedgerFacts
{
    [Fact]
    public async Task A_claimed_row_whose_lease_has_ended_is_planned_again()
    {
        var row = await ClaimedAsync();

        Assert.Equal((1, 0), await RecoverAsync(60));

        var replanned = await GetAsync(row.Id);
        Assert.Equal((DeliveryState.Planned, Noon, 0), (replanned.State, replanned.DueAt, replanned.Attempts));
        Assert.Contains("node-a", replanned.Reason, StringComparison.Ordinal);
        Assert.Single(await ClaimAsync(By("node-b", 60)));
    }

    [Fact]
    public async Task A_handed_over_row_whose_lease_has_ended_is_unknown_and_never_claimed_again()
    {
        var row = await HandedOverAsync();

        Assert.Equal((0, 1), await RecoverAsync(60));

        var unknown = await GetAsync(row.Id);
        Assert.Equal((DeliveryState.Unknown, null, 1), (unknown.State, unknown.DueAt, unknown.Attempts));
        Assert.Contains("node-a", unknown.Reason, StringComparison.Ordinal);
        Assert.Contains("sms-eu", unknown.Reason, StringComparison.Ordinal);
        Assert.Empty(await ClaimAsync(By("node-b", 60), now: Noon.AddYears(1)));
    }

    [Fact]
    public async Task A_handed_over_row_of_a_connection_that_honours_the_key_is_deferred_and_due_now()
    {
        var row = await HandedOverAsync();

        Assert.Equal((1, 0), await RecoverAsync(60, "sms-eu"));

        Assert.Equal((DeliveryState.Deferred, Noon.AddHours(1)), ((await GetAsync(row.Id)).State, (await GetAsync(row.Id)).DueAt));
        Assert.Equal(row.Id, Assert.Single(await ClaimAsync(By("node-b", 60), now: Noon.AddHours(1))).Id);
    }

    [Fact]
    public async Task Rows_whose_lease_holds_are_left_alone()
    {
        var (claimed, handedOver) = (await ClaimedAsync(), await HandedOverAsync());

        Assert.Equal((0, 0), await RecoverAsync(59));

        Assert.Equal(DeliveryState.Claimed, (await GetAsync(claimed.Id)).State);
        Assert.Equal(DeliveryState.HandedOver, (await GetAsync(handedOver.Id)).State);
    }

    [Fact]
    public async Task Recovering_twice_recovers_once()
    {
        await ClaimedAsync();
        await HandedOverAsync();

        Assert.Equal((1, 1), await RecoverAsync(60));
        Assert.Equal((0, 0), await RecoverAsync(9999));
    }

    [Fact]
    public async Task A_hand_over_under_a_longer_lease_holds_until_that_one_ends()
    {
        var row = await ClaimedAsync();
        Assert.Single(await HandOverAsync(By("node-a", seconds: 50), row.Id));

        Assert.Equal((0, 0), await RecoverAsync(109));
        Assert.Equal((0, 1), await RecoverAsync(110));
    }

    [Theory]
    [InlineData(DeliveryState.Accepted)]
    [InlineData(DeliveryState.Rejected)]
    [InlineData(DeliveryState.Deferred)]
    public async Task A_late_answer_for_a_row_that_became_unknown_is_taken_with_its_effects(DeliveryState answer)
    {
        var row = await HandedOverAsync();
        await RecoverAsync(60);

        await CompleteAsync(By("node-a", 90), Outcome(row, answer) with { Effects = new Effects { Events = [Some.Event()] } });

        Assert.Equal((answer, "said so"), ((await GetAsync(row.Id)).State, (await GetAsync(row.Id)).Reason));
        Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go));
    }

    [Fact]
    public async Task A_late_answer_for_a_row_that_its_own_node_called_unknown_is_taken()
    {
        var row = await HandedOverAsync();
        await CompleteAsync(By(), Outcome(row, DeliveryState.Unknown));

        await CompleteAsync(By(), Outcome(row, DeliveryState.Accepted));

        Assert.Equal(DeliveryState.Accepted, (await GetAsync(row.Id)).State);
    }

    [Fact]
    public async Task A_node_that_did_not_hand_a_row_over_has_no_late_answer_for_it()
    {
        var row = await HandedOverAsync();
        await RecoverAsync(60);

        await CompleteAsync(By("node-b", 90), Outcome(row, DeliveryState.Accepted));

        Assert.Equal(DeliveryState.Unknown, (await GetAsync(row.Id)).State);
    }

    [Fact]
    public async Task A_late_acceptance_stops_a_row_that_was_to_be_sent_again()
    {
        var row = await HandedOverAsync();
        await RecoverAsync(60, "sms-eu");

        await CompleteAsync(By("node-a", 90), Outcome(row, DeliveryState.Accepted));

        Assert.Empty(await ClaimAsync(By("node-b", 90), now: Noon.AddYears(1)));
    }

    [Fact]
    public async Task A_late_answer_comes_too_late_where_another_node_has_taken_the_row()
    {
        var row = await HandedOverAsync();
        await RecoverAsync(60, "sms-eu");
        await ClaimAsync(By("node-b", 90), now: Noon.AddHours(1));

        await CompleteAsync(By("node-a", 90), Outcome(row, DeliveryState.Accepted));

        Assert.Equal(DeliveryState.Claimed, (await GetAsync(row.Id)).State);
    }

    [Fact]
    public async Task A_late_answer_comes_too_late_where_a_person_has_settled_the_row()
    {
        var row = await HandedOverAsync();
        await RecoverAsync(60);
        await Store.Ledger.SettleAsync(Settled(row.Id, DeliveryState.Accepted, "Maria", Noon), Go);

        await CompleteAsync(By("node-a", 90), Outcome(row, DeliveryState.Rejected));

        Assert.Equal(DeliveryState.Accepted, (await GetAsync(row.Id)).State);
    }

    [Fact]
    public async Task An_answer_after_the_lease_has_ended_but_before_anyone_took_the_row_is_taken()
    {
        var row = await HandedOverAsync();

        await CompleteAsync(By("node-a", 600), Outcome(row, DeliveryState.Accepted));

        Assert.Equal(DeliveryState.Accepted, (await GetAsync(row.Id)).State);
        Assert.Equal((0, 0), await RecoverAsync(9999));
    }

    [Fact]
    public async Task An_unknown_row_is_settled_as_accepted_by_a_persons_word()
    {
        var row = await UnknownAsync();

        Assert.True(await Store.Ledger.SettleAsync(Settled(row.Id, DeliveryState.Accepted, "Maria", Noon.AddDays(1)), Go));

        var settled = await GetAsync(row.Id);
        Assert.Equal((DeliveryState.Accepted, null, Noon.AddDays(1)), (settled.State, settled.DueAt, settled.ChangedAt));
        Assert.Contains("Maria", settled.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_row_is_settled_to_be_sent_again_and_is_due_now()
    {
        var row = await UnknownAsync();

        Assert.True(await Store.Ledger.SettleAsync(Settled(row.Id, DeliveryState.Deferred, "Maria", Noon.AddDays(1)), Go));

        Assert.Equal(DeliveryState.Deferred, (await GetAsync(row.Id)).State);
        Assert.Single(await ClaimAsync(now: Noon.AddDays(1)));
    }

    [Fact]
    public async Task A_row_that_is_not_unknown_is_not_settled()
    {
        var row = await UnknownAsync();
        await Store.Ledger.SettleAsync(Settled(row.Id, DeliveryState.Accepted, "Maria", Noon), Go);

        Assert.False(await Store.Ledger.SettleAsync(Settled(row.Id, DeliveryState.Deferred, "Bob", Noon), Go));
        Assert.False(await Store.Ledger.SettleAsync(Settled((await ClaimedAsync()).Id, DeliveryState.Accepted, "Bob", Noon), Go));
        Assert.False(await Store.Ledger.SettleAsync(Settled(Some.Key(), DeliveryState.Accepted, "Bob", Noon), Go));
        Assert.Equal(DeliveryState.Accepted, (await GetAsync(row.Id)).State);
    }

    [Fact]
    public async Task Of_two_nodes_that_recover_at_once_each_row_is_recovered_once()
    {
        for (var i = 0; i < 10; i++)
            await HandedOverAsync();
        var other = await AnotherProcessAsync();

        var recovered = await Task.WhenAll(new[] { Store, other, Store, other }.Select(store => Task.Run(
            () => store.Ledger.RecoverAsync(MachineNoon.AddSeconds(60), Noon, NoConnections, Go))));

        Assert.Equal(10, recovered.Sum(one => one.Unknown));
    }

    private async Task<Delivery> UnknownAsync()
    {
        var row = await HandedOverAsync();
        await RecoverAsync(60);
        return row;
    }

    private Task<(int Replanned, int Unknown)> RecoverAsync(int seconds, params string[] resendable) =>
        Store.Ledger.RecoverAsync(MachineNoon.AddSeconds(seconds), Noon.AddHours(1), resendable.ToHashSet(), Go);

    [Fact]
    public async Task What_goes_with_a_settlement_is_stored_with_it_or_not_at_all()
    {
        var row = await UnknownAsync();
        var effects = new Effects { WriteBacks = [Some.WriteBack(row.CustomerId)] };

        Assert.True(await Store.Ledger.SettleAsync(Settled(row.Id, DeliveryState.Rejected, "the service", Noon) with { Effects = effects, ProviderId = "p-9" }, Go));
        var late = new Effects { WriteBacks = [Some.WriteBack(row.CustomerId)] };
        Assert.False(await Store.Ledger.SettleAsync(Settled(row.Id, DeliveryState.Accepted, "Bob", Noon) with { Effects = late }, Go));

        Assert.Equal((DeliveryState.Rejected, "p-9"), ((await GetAsync(row.Id)).State, (await GetAsync(row.Id)).ProviderId));
        Assert.Single(await Store.WriteBacks.ListAsync(WriteBackState.Waiting, 10, Go));
    }

    private static DeliveryOutcome Settled(Guid id, DeliveryState state, string by, DateTimeOffset at) =>
        new() { Id = id, State = state, Reason = $"settled by {by}", At = at };
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Storage.Conformance.Ledger;

/// <summary>What the ledger makes of what services tell after they were called, and of asking them.</summary>
public abstract class LedgerToldConformance : LedgerFacts
{
    [Fact]
    public async Task A_hand_over_is_remembered_by_its_time() =>
        Assert.Equal(Noon.AddMinutes(1), (await HandedOverAsync()).HandedOverAt);

    [Fact]
    public async Task How_far_a_message_has_come_only_rises()
    {
        var row = await HandedOverAsync();
        foreach (var told in new[] { Engagement.Delayed, Engagement.Delivered, Engagement.Delayed, Engagement.Failed, Engagement.Delivered })
            await EngageAsync(row, told, (int)told);
        Assert.Equal((Engagement.Delivered, Noon.AddHours(3)), ((await GetAsync(row.Id)).Engagement, (await GetAsync(row.Id)).EngagedAt));

        await EngageAsync(row, Engagement.Read, 4);

        Assert.Equal(Engagement.Read, (await GetAsync(row.Id)).Engagement);
    }

    [Fact]
    public async Task A_message_that_is_handed_over_again_begins_anew()
    {
        var row = await HandedOverAsync();
        await EngageAsync(row, Engagement.Failed, 0);
        await CompleteAsync(By(), Outcome(row, DeliveryState.Deferred) with { DueAt = Noon });
        await ClaimAsync(By("node-b"));
        await HandOverAsync(By("node-b"), row.Id);

        Assert.Equal((Engagement.None, null), ((await GetAsync(row.Id)).Engagement, (await GetAsync(row.Id)).EngagedAt));
    }

    [Theory]
    [InlineData(DeliveryState.HandedOver, true)]
    [InlineData(DeliveryState.Unknown, true)]
    [InlineData(DeliveryState.Deferred, true)]
    [InlineData(DeliveryState.Accepted, false)]
    [InlineData(DeliveryState.Rejected, false)]
    public async Task A_message_that_is_told_to_have_come_is_accepted_unless_it_has_ended(DeliveryState state, bool taken)
    {
        var row = await HandedOverAsync();
        if (state != DeliveryState.HandedOver)
            await CompleteAsync(By(), Outcome(row, state) with { DueAt = state == DeliveryState.Deferred ? Noon : null });
        var effects = new Effects { WriteBacks = [Some.WriteBack(row.CustomerId)] };

        await TellAsync(new DeliveryOutcome { Id = row.Id, State = DeliveryState.Accepted, Reason = "told", At = Noon.AddHours(1), Effects = effects });

        var now = await GetAsync(row.Id);
        Assert.Equal((taken ? DeliveryState.Accepted : state, taken), (now.State, now.Reason == "told"));
        Assert.Equal(taken ? 1 : 0, (await Store.WriteBacks.ListAsync(WriteBackState.Waiting, 10, Go)).Count);
        // Neither the node that waits for the answer nor the one that would send it again does anything more.
        await CompleteAsync(By(), Outcome(row, DeliveryState.Unknown));
        Assert.Equal(now.State, (await GetAsync(row.Id)).State);
        Assert.Empty(await ClaimAsync(By("node-b"), now: Noon.AddYears(1)));
    }

    [Theory]
    [InlineData(DeliveryState.HandedOver, true)]
    [InlineData(DeliveryState.Unknown, true)]
    [InlineData(DeliveryState.Deferred, false)]
    [InlineData(DeliveryState.Accepted, false)]
    public async Task A_message_that_is_told_to_have_failed_is_rejected_where_its_outcome_is_open(DeliveryState state, bool taken)
    {
        var row = await HandedOverAsync();
        if (state != DeliveryState.HandedOver)
            await CompleteAsync(By(), Outcome(row, state) with { DueAt = state == DeliveryState.Deferred ? Noon : null });

        await TellAsync(new DeliveryOutcome { Id = row.Id, State = DeliveryState.Rejected, Reason = "told", At = Noon.AddHours(1) });

        Assert.Equal(taken ? DeliveryState.Rejected : state, (await GetAsync(row.Id)).State);
    }

    [Fact]
    public async Task What_never_left_is_not_settled_by_what_is_told()
    {
        var row = await ClaimedAsync();

        await TellAsync(new DeliveryOutcome { Id = row.Id, State = DeliveryState.Accepted, Reason = "told", At = Noon });

        Assert.Equal(DeliveryState.Claimed, (await GetAsync(row.Id)).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unknown_row_is_asked_about_a_minute_later_whether_answered_so_or_recovered(bool recovered)
    {
        var row = await HandedOverAsync();
        var since = Noon.AddMinutes(2);
        if (recovered)
            await Store.Ledger.RecoverAsync(MachineNoon.AddSeconds(60), since, NoConnections, Go);
        else
            await CompleteAsync(By(), Outcome(row, DeliveryState.Unknown));

        Assert.Empty(await TakeAsync(since + LookUpTimes.First - TimeSpan.FromSeconds(1)));
        Assert.Equal(row.Id, Assert.Single(await TakeAsync(since + LookUpTimes.First)).Id);
    }

    [Fact]
    public async Task Whoever_takes_a_row_to_ask_keeps_others_from_it_until_then_or_for_ever()
    {
        var row = await HandedOverAsync();
        await CompleteAsync(By(), Outcome(row, DeliveryState.Unknown));
        Assert.Single(await TakeAsync(Noon.AddHours(1)));
        Assert.Empty(await TakeAsync(Noon.AddHours(1)));
        Assert.Single(await TakeAsync(Noon.AddHours(1).AddMinutes(5)));

        await Store.Ledger.LookAgainAsync(row.Id, Noon.AddHours(3), Go);
        Assert.Empty(await TakeAsync(Noon.AddHours(2)));
        Assert.Single(await TakeAsync(Noon.AddHours(3)));

        await Store.Ledger.LookAgainAsync(row.Id, null, Go);
        Assert.Empty(await TakeAsync(Noon.AddYears(1)));
        Assert.Single(await Store.Ledger.ListAsync(DeliveryState.Unknown, 10, Go));
    }

    [Fact]
    public async Task A_row_that_is_settled_is_not_asked_about_any_more()
    {
        var row = await HandedOverAsync();
        await CompleteAsync(By(), Outcome(row, DeliveryState.Unknown));
        await Store.Ledger.SettleAsync(Outcome(row, DeliveryState.Accepted), Go);

        await Store.Ledger.LookAgainAsync(row.Id, Noon, Go);

        Assert.Empty(await TakeAsync(Noon.AddYears(1)));
    }

    private Task<IReadOnlyList<Delivery>> TakeAsync(DateTimeOffset now) => Store.Ledger.TakeUnknownAsync(now, now.AddMinutes(5), 10, Go);

    private Task EngageAsync(Delivery row, Engagement engagement, int hours) =>
        Store.Work.CommitAsync(new Effects { Engagements = [new EngagementChange(row.Id, engagement, Noon.AddHours(hours))] }, Go);

    private Task TellAsync(DeliveryOutcome outcome) => Store.Work.CommitAsync(new Effects { Settlements = [outcome] }, Go);
}

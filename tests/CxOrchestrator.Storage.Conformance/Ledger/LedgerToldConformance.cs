using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Storage.Conformance.Ledger;

/// <summary>What the ledger makes of what services tell after they were called, and of asking them.</summary>
public abstract class LedgerToldConformance : LedgerFacts
{
    [SkippableFact]
    public async Task A_hand_over_is_remembered_by_its_time() =>
        Assert.Equal(Noon.AddMinutes(1), (await HandedOverAsync()).HandedOverAt);

    [SkippableFact]
    public async Task How_far_a_message_has_come_only_rises()
    {
        var row = await HandedOverAsync();
        foreach (var told in new[] { Engagement.Delayed, Engagement.Delivered, Engagement.Delayed, Engagement.Failed, Engagement.Delivered })
            await EngageAsync(row, told, (int)told);
        Assert.Equal((Engagement.Delivered, Noon.AddHours(3)), ((await GetAsync(row.Id)).Engagement, (await GetAsync(row.Id)).EngagedAt));

        await EngageAsync(row, Engagement.Read, 4);

        Assert.Equal(Engagement.Read, (await GetAsync(row.Id)).Engagement);
    }

    [SkippableFact]
    public async Task A_message_that_is_handed_over_again_begins_anew()
    {
        var row = await HandedOverAsync();
        await EngageAsync(row, Engagement.Failed, 0);
        await CompleteAsync(By(), Outcome(row, DeliveryState.Deferred) with { DueAt = Noon });
        await ClaimAsync(By("node-b"));
        await HandOverAsync(By("node-b"), row.Id);

        Assert.Equal((Engagement.None, null), ((await GetAsync(row.Id)).Engagement, (await GetAsync(row.Id)).EngagedAt));
    }

    [SkippableTheory]
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

    [SkippableTheory]
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

    [SkippableTheory]
    [InlineData(DeliveryState.HandedOver, true)]
    [InlineData(DeliveryState.Unknown, true)]
    [InlineData(DeliveryState.Accepted, true)]
    [InlineData(DeliveryState.Rejected, false)]
    [InlineData(DeliveryState.Deferred, false)]
    public async Task A_message_that_certainly_did_not_arrive_is_open_again_once_for_the_next_channel(DeliveryState state, bool taken)
    {
        var row = await HandedOverAsync();
        if (state != DeliveryState.HandedOver)
            await CompleteAsync(By(), Outcome(row, state) with { DueAt = state == DeliveryState.Deferred ? Noon.AddDays(1) : null, ProviderId = "SM1" });
        var told = Again(row) with { Effects = new Effects { WriteBacks = [Some.WriteBack(row.CustomerId)] } };

        await TellAsync(told);
        await TellAsync(told);

        var now = await GetAsync(row.Id);
        Assert.Equal((taken ? DeliveryState.Deferred : state, taken ? 1 : 0), (now.State, (await Store.WriteBacks.ListAsync(WriteBackState.Waiting, 10, Go)).Count));
        if (!taken)
            return;
        Assert.Equal((Noon.AddHours(1), null, "told"), (now.DueAt, now.ProviderId, now.Reason));
        Assert.Equal(told.Refused, now.Refused);
        // The node that waits for an answer to the first hand-over changes nothing any more.
        await CompleteAsync(By(), Outcome(row, DeliveryState.Accepted));
        Assert.Equal(DeliveryState.Deferred, (await GetAsync(row.Id)).State);
        Assert.Equal(row.Id, Assert.Single(await ClaimAsync(By("node-b"), now: Noon.AddHours(1))).Id);
    }

    [SkippableFact]
    public async Task A_message_that_was_handed_over_again_has_arrived_or_is_doubtful_stays_as_it_is_whatever_is_told_of_a_try_before()
    {
        var row = await HandedOverAsync();
        await TellAsync(Again(row));
        await ClaimAsync(By("node-b"), now: Noon.AddHours(1));
        await HandOverAsync(By("node-b"), row.Id);
        await TellAsync(Again(row));
        Assert.Equal((DeliveryState.HandedOver, 2), await GetAsync(row.Id) is var again ? (again.State, again.Attempts) : default);

        var arrived = await HandedOverAsync();
        await CompleteAsync(By(), Outcome(arrived, DeliveryState.Accepted));
        await EngageAsync(arrived, Engagement.Delivered, 1);
        await TellAsync(Again(arrived));
        Assert.Equal(DeliveryState.Accepted, (await GetAsync(arrived.Id)).State);

        var doubtful = await HandedOverAsync();
        await CompleteAsync(By(), Outcome(doubtful, DeliveryState.Deferred) with { DueAt = Noon, Doubtful = true });
        await ClaimAsync();
        await HandOverAsync(By(), doubtful.Id);
        await CompleteAsync(By(), Outcome(doubtful, DeliveryState.Accepted));
        await TellAsync(Again(doubtful) with { Attempt = 2 });
        Assert.Equal(DeliveryState.Accepted, (await GetAsync(doubtful.Id)).State);
    }

    [SkippableFact]
    public async Task Only_what_a_service_can_tell_is_told()
    {
        var row = await HandedOverAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => TellAsync(Again(row) with { Attempt = null }));
        await Assert.ThrowsAsync<ArgumentException>(() => TellAsync(Outcome(row, DeliveryState.Unknown)));
    }

    [SkippableFact]
    public async Task What_never_left_is_not_settled_by_what_is_told()
    {
        var row = await ClaimedAsync();

        await TellAsync(new DeliveryOutcome { Id = row.Id, State = DeliveryState.Accepted, Reason = "told", At = Noon });

        Assert.Equal(DeliveryState.Claimed, (await GetAsync(row.Id)).State);
    }

    [SkippableTheory]
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

    [SkippableFact]
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

    [SkippableFact]
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

    private static DeliveryOutcome Again(Delivery row) => new()
    {
        Id = row.Id, State = DeliveryState.Deferred, Reason = "told", At = Noon.AddHours(1), DueAt = Noon.AddHours(1), Attempt = 1,
        Refused = [new Refusal(Core.Customers.Channel.Sms, "sms-eu", Noon.AddHours(1), "sms-eu told that it did not arrive: 30006") { Late = true }],
    };

    private Task TellAsync(DeliveryOutcome outcome) => Store.Work.CommitAsync(new Effects { Settlements = [outcome] }, Go);
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Storage.Conformance.Publishing;

/// <summary>What <see cref="IJourneyStateStore"/> promises.</summary>
public abstract class JourneyStateStoreConformance : StoreConformance
{
    private const string Journey = "post-delivery-nps";

    private static readonly JourneyState Live = new(Journey, JourneyStanding.Live, Noon.AddHours(2), "Ana", "");

    [SkippableFact]
    public async Task The_last_word_on_a_journey_holds()
    {
        Assert.Empty(await Store.States.AllAsync(Go));
        await Store.States.SetAsync(Live with { Standing = JourneyStanding.Paused, Reason = "قیمت" }, Go);
        var resumed = Live with { SkipBefore = Noon, By = "Bob" };
        await Store.States.SetAsync(resumed, Go);

        Assert.Equal(resumed, Assert.Single(await Store.States.AllAsync(Go)));
    }

    [SkippableFact]
    public async Task A_held_walk_is_due_no_more_and_comes_back_as_it_was()
    {
        var walk = Some.Enrolment() with { DueAt = Noon.AddHours(-1) };
        await BeginAsync(walk);
        var claimed = Assert.Single(await TakeAsync());

        await Store.States.HoldWalksAsync([claimed], Go);

        Assert.Empty(await TakeAsync(lease: By("node-b", seconds: 90)));
        Same(walk with { DueAt = null }, await GetAsync(walk.Id));
        Assert.Equal(new HeldCount(1, 0, 1, 0), await Store.States.HeldAsync(Journey, Noon, Go));
        Assert.Equal(new HeldCount(1, 0, 0, 0), await Store.States.HeldAsync(Journey, Noon.AddHours(-1), Go));
        Assert.Equal(1, await Store.States.ReleaseAsync(Live, Noon, 10, Go));
        Assert.Equal(0, await Store.States.ReleaseAsync(Live, Noon, 10, Go));
        Same(walk with { Revision = 1 }, Assert.Single(await TakeAsync()));
    }

    [SkippableFact]
    public async Task A_walk_that_has_changed_since_it_was_claimed_is_not_held_and_one_that_was_woken_meanwhile_keeps_its_new_time()
    {
        var (changed, woken) = (Some.Enrolment(), Some.Enrolment());
        await BeginAsync(changed, woken);
        await Store.Work.CommitAsync(new Effects { Moves = [changed with { GoalAt = Noon }] }, Go);
        await Store.States.HoldWalksAsync([changed, woken], Go);
        Assert.Equal(Noon, (await GetAsync(changed.Id)).DueAt);

        await Store.Work.CommitAsync(new Effects { Moves = [woken with { DueAt = Noon.AddHours(3) }] }, Go);
        await Store.States.ReleaseAsync(Live, Noon, 10, Go);
        Assert.Equal(Noon.AddHours(3), (await GetAsync(woken.Id)).DueAt);
    }

    [SkippableFact]
    public async Task What_is_held_keeps_the_first_time_of_a_message_and_is_sent_then()
    {
        var message = Some.Delivery();
        await Store.Work.CommitAsync(new Effects { Deliveries = [message] }, Go);
        await Store.States.HoldMessagesAsync([message], Go);
        await Store.States.HoldMessagesAsync([message with { DueAt = Noon.AddDays(300) }], Go);
        await PutOffAsync(message);

        Assert.Equal(new HeldCount(0, 1, 0, 0), await Store.States.HeldAsync(Journey, Noon, Go));
        Assert.Equal(1, await Store.States.ReleaseAsync(Live, Noon, 10, Go));
        Assert.Equal(Noon, Assert.Single(await Store.Ledger.ClaimDueAsync(By(), Noon, 10, Go)).DueAt);
    }

    [SkippableFact]
    public async Task What_was_due_before_the_time_is_not_made_up_for()
    {
        var (late, walk) = (Some.Delivery(), Some.Enrolment());
        await BeginAsync(walk);
        await Store.Work.CommitAsync(new Effects { Deliveries = [late] }, Go);
        await Store.States.HoldMessagesAsync([late], Go);
        await PutOffAsync(late);
        await Store.States.HoldWalksAsync([walk], Go);

        Assert.Equal(2, await Store.States.ReleaseAsync(Live with { SkipBefore = Noon.AddTicks(10) }, Noon.AddHours(2), 10, Go));

        var left = await GetAsync(walk.Id);
        Assert.Equal((EnrolmentState.Exited, Noon.AddHours(2)), (left.State, left.EndedAt));
        Assert.Contains("too late: the journey was resumed by Ana", left.Reason, StringComparison.Ordinal);
        var expiring = Assert.Single(await Store.Ledger.ClaimDueAsync(By(), Noon.AddHours(2), 10, Go));
        Assert.Equal((Noon.AddHours(2), Noon.AddHours(2)), (expiring.DueAt, expiring.ExpiresAt));
    }

    [SkippableFact]
    public async Task A_stop_ends_walks_and_what_is_not_handed_over_and_leaves_all_else_alone()
    {
        var stop = Live with { Standing = JourneyStanding.Stopped };
        var (walk, done, other) = (Some.Enrolment(), Some.Enrolment() with { State = EnrolmentState.Completed, EndedAt = Noon }, Some.Enrolment() with { Journey = "birthday" });
        await BeginAsync(walk, done, other);
        var (planned, sent, others) = (Some.Delivery(done) with { DueAt = Noon.AddDays(1) }, Some.Delivery(), Some.Delivery() with { Journey = "birthday", DueAt = Noon.AddDays(1) });
        await Store.Work.CommitAsync(new Effects { Deliveries = [planned, sent, others] }, Go);
        Assert.Single(await Store.Ledger.ClaimDueAsync(By(), Noon, 10, Go));

        Assert.Equal(2, await Store.States.StopAsync(stop, Noon.AddHours(1), 10, Go));
        Assert.Equal(0, await Store.States.StopAsync(stop, Noon.AddHours(1), 10, Go));

        Assert.Equal((EnrolmentState.Exited, stop.Words, Noon.AddHours(1)), await GetAsync(walk.Id) is var left ? (left.State, left.Reason, left.EndedAt!.Value) : default);
        Same(other, await GetAsync(other.Id));
        Assert.Equal(EnrolmentState.Completed, (await GetAsync(done.Id)).State);
        var rows = await Store.Ledger.GetAsync([planned.Id, sent.Id, others.Id], Go);
        Assert.Equal((DeliveryState.Suppressed, stop.Words, null), (rows[planned.Id].State, rows[planned.Id].Reason, rows[planned.Id].DueAt));
        Assert.Equal((DeliveryState.Claimed, DeliveryState.Planned), (rows[sent.Id].State, rows[others.Id].State));
    }

    // As the dispatcher does: claimed, and put off with the reason.
    private async Task PutOffAsync(Delivery message)
    {
        Assert.Single(await Store.Ledger.ClaimDueAsync(By(), Noon, 10, Go));
        var later = new DeliveryOutcome { Id = message.Id, State = DeliveryState.Planned, Reason = "paused", At = Noon, DueAt = Noon.AddDays(365) };
        await Store.Ledger.CompleteAsync(By(), [later], Go);
        Assert.Empty(await Store.Ledger.ClaimDueAsync(By(), Noon, 10, Go));
    }

    private async Task<Enrolment> GetAsync(Guid id) => (await Store.Enrolments.GetAsync([id], Go))[id];

    private Task BeginAsync(params Enrolment[] enrolments) =>
        Store.Work.CommitAsync(new Effects { Enrolments = [.. enrolments.Select(one => new Enrol(one, null))] }, Go);
}

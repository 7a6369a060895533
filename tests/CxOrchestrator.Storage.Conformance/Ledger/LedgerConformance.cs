using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Conformance.Ledger;

/// <summary>What <see cref="ILedger"/> promises of claims, hand-overs and outcomes.</summary>
public abstract class LedgerConformance : LedgerFacts
{
    [SkippableFact]
    public async Task A_delivery_comes_back_with_every_field()
    {
        var whole = Some.Delivery() with
        {
            StepId = "reminder", Occurrence = 3, Message = "nps-yadavari", Purpose = Purpose.Marketing, Touchpoint = "تحویل", Via = [Channel.Sms, Channel.Email],
            InvitationId = Some.Key(), State = DeliveryState.Accepted, DueAt = null, ExpiresAt = Noon.AddDays(2), SentVia = Channel.Sms, Connection = "sms-eu",
            ProviderId = "SM123", Attempts = 2, Lane = Lane.Bulk, Reason = "accepted", PlannedAt = Noon.AddTicks(-10), ChangedAt = Noon.AddTicks(10),
            SendIn = "bangkok-2", Priority = 80, Doubtful = true, AwaitsRoom = true, Refused = [new Refusal(Channel.Email, "mail", Noon, "mail رد کرد")],
        };

        await PlanAsync(whole, whole with { Id = Some.Key(), Occurrence = 4, Via = [] });

        Same(whole, await GetAsync(whole.Id));
        Assert.Empty((await Store.Ledger.GetAsync([Some.Key()], Go)).Values);
    }

    [SkippableFact]
    public async Task The_longest_due_are_claimed_first_up_to_the_limit()
    {
        var due = Enumerable.Range(0, 5).Select(i => Some.Delivery() with { DueAt = Noon.AddMinutes(-i) }).ToArray();
        await PlanAsync(due);

        var first = await ClaimAsync(limit: 2);

        Assert.Equal([due[4].Id, due[3].Id], first.Select(one => one.Id));
        Assert.All(first, one => Assert.Equal(DeliveryState.Claimed, one.State));
        Assert.Equal([due[2].Id, due[1].Id, due[0].Id], (await ClaimAsync()).Select(one => one.Id));
    }

    [SkippableFact]
    public async Task What_is_due_for_many_does_not_stand_before_one_persons_service()
    {
        var many = Enumerable.Range(0, 20).Select(_ => Some.Delivery() with { Lane = Lane.Bulk, DueAt = Noon.AddHours(-2) });
        var personal = Some.Delivery() with { Lane = Lane.Personal, DueAt = Noon.AddHours(-1) };
        var service = Some.Delivery() with { Lane = Lane.Service };
        await PlanAsync([.. many, personal, service]);

        var claimed = await ClaimAsync(limit: 5);

        Assert.Equal([service.Id, personal.Id], claimed.Take(2).Select(one => one.Id));
        Assert.Equal([Lane.Service, Lane.Personal, Lane.Bulk, Lane.Bulk, Lane.Bulk], claimed.Select(one => one.Lane));
    }

    [SkippableFact]
    public async Task No_lane_is_starved_by_one_that_never_ends()
    {
        await PlanAsync([.. Enum.GetValues<Lane>().SelectMany(lane => Enumerable.Range(0, 10).Select(_ => Some.Delivery() with { Lane = lane }))]);

        var claimed = new List<Lane>();
        for (var turn = 0; turn < 8; turn++)
            claimed.Add(Assert.Single(await ClaimAsync(limit: 1)).Lane);

        Assert.Equal([(Lane.Service, 5), (Lane.Personal, 2), (Lane.Bulk, 1)], claimed.CountBy(lane => lane).OrderBy(one => one.Key).Select(one => (one.Key, one.Value)));
    }

    [SkippableFact]
    public async Task A_row_waits_for_the_channel_that_is_preferred_until_it_is_passed_on()
    {
        var letter = Some.Delivery() with { Via = [Channel.Email, Channel.Sms] };
        var tried = Some.Delivery() with { Via = [Channel.Email, Channel.Sms], State = DeliveryState.Deferred, Attempts = 2, Reason = "busy" };
        var text = Some.Delivery() with { Via = [Channel.Sms] };
        await PlanAsync(letter, tried, text);

        Assert.Equal([letter.Id, tried.Id], (await ClaimAsync(Channel.Email)).Select(one => one.Id));
        await Store.Ledger.PassOnAsync(By(), Channel.Sms, [letter.Id, tried.Id], Go);

        Assert.Equal((DeliveryState.Planned, letter.DueAt), (await GetAsync(letter.Id)) is { } passed ? (passed.State, passed.DueAt) : default);
        Assert.Equal((DeliveryState.Deferred, "busy"), (await GetAsync(tried.Id)) is { } again ? (again.State, again.Reason) : default);
        Assert.Empty(await ClaimAsync(Channel.Email));
        Assert.Equal([letter.Id, tried.Id, text.Id], (await ClaimAsync(Channel.Sms)).Select(one => one.Id));
        await CompleteAsync(By(), Outcome(letter, DeliveryState.Deferred) with { DueAt = Noon });
        Assert.Equal(letter.Id, Assert.Single(await ClaimAsync(Channel.Sms)).Id);
    }

    [SkippableFact]
    public async Task Only_what_its_node_has_claimed_is_passed_on()
    {
        var others = Some.Delivery();
        var gone = Some.Delivery();
        await PlanAsync(others, gone);
        await ClaimAsync(By("node-b"));
        await HandOverAsync(By("node-b"), gone.Id);

        await Store.Ledger.PassOnAsync(By(), Channel.Sms, [others.Id], Go);
        await Store.Ledger.PassOnAsync(By("node-b"), Channel.Sms, [gone.Id], Go);

        Assert.Equal((DeliveryState.Claimed, DeliveryState.HandedOver), ((await GetAsync(others.Id)).State, (await GetAsync(gone.Id)).State));
        Assert.Empty(await ClaimAsync(Channel.Sms));
    }

    [SkippableFact]
    public async Task Planned_and_deferred_rows_that_are_due_are_claimed_and_no_others()
    {
        var states = Enum.GetValues<DeliveryState>().Select(state => Some.Delivery() with { State = state }).ToArray();
        await PlanAsync([.. states, Some.Delivery() with { DueAt = Noon.AddTicks(10) }]);

        Assert.Equal(
            states.Where(one => one.State is DeliveryState.Planned or DeliveryState.Deferred).Select(one => one.Id).Order(),
            (await ClaimAsync()).Select(one => one.Id).Order());
    }

    [SkippableFact]
    public async Task Several_claimers_never_get_the_same_row()
    {
        var due = Enumerable.Range(0, 200).Select(_ => Some.Delivery()).ToArray();
        await PlanAsync(due);
        var other = await AnotherProcessAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            var (store, claimed) = (n % 2 == 0 ? Store : other, new List<Guid>());
            while (await store.Ledger.ClaimDueAsync(By($"node-{n}"), Noon, 7, Go) is { Count: > 0 } page)
                claimed.AddRange(page.Select(one => one.Id));
            return claimed;
        })));

        Assert.Equal(due.Select(one => one.Id).Order(), claims.SelectMany(keys => keys).Order());
    }

    [SkippableFact]
    public async Task A_hand_over_is_stored_with_channel_connection_and_attempt()
    {
        var row = await ClaimedAsync();

        Assert.Equal([row.Id], await HandOverAsync(By(), row.Id));

        Same(
            row with
            {
                State = DeliveryState.HandedOver, SentVia = Channel.Sms, Connection = "sms-eu", Attempts = 1, ChangedAt = Noon.AddMinutes(1),
                HandedOverAt = Noon.AddMinutes(1), HandedOverTo = "+66812345678", Decided = "SMS, 因为",
            },
            await GetAsync(row.Id));
    }

    [SkippableFact]
    public async Task A_row_is_handed_over_once()
    {
        var row = await ClaimedAsync();
        await HandOverAsync(By(), row.Id);

        Assert.Empty(await HandOverAsync(By(), row.Id));
        Assert.Equal(1, (await GetAsync(row.Id)).Attempts);
    }

    [SkippableFact]
    public async Task A_row_is_not_handed_over_after_its_lease_has_ended()
    {
        var row = await ClaimedAsync();

        Assert.Empty(await HandOverAsync(By(seconds: 60), row.Id));
        Assert.Equal(DeliveryState.Claimed, (await GetAsync(row.Id)).State);
    }

    [SkippableFact]
    public async Task A_row_of_another_node_or_one_that_nobody_claimed_is_not_handed_over()
    {
        var claimed = await ClaimedAsync();
        var planned = Some.Delivery();
        await PlanAsync(planned);

        Assert.Empty(await HandOverAsync(By("node-b"), claimed.Id, planned.Id, Some.Key()));
    }

    [SkippableTheory]
    [InlineData(DeliveryState.Accepted, false)]
    [InlineData(DeliveryState.Rejected, false)]
    [InlineData(DeliveryState.Unknown, false)]
    [InlineData(DeliveryState.Suppressed, false)]
    [InlineData(DeliveryState.Expired, false)]
    [InlineData(DeliveryState.Deferred, true)]
    [InlineData(DeliveryState.Planned, true)]
    public async Task An_outcome_is_stored_and_only_what_waits_again_is_due(DeliveryState state, bool waits)
    {
        var row = await HandedOverAsync();

        await CompleteAsync(By(), new DeliveryOutcome
        {
            Id = row.Id, State = state, Reason = "said so", At = Noon.AddMinutes(2), DueAt = waits ? Noon.AddHours(1) : null, ProviderId = "p-1",
        });

        Same(
            row with { State = state, Reason = "said so", ChangedAt = Noon.AddMinutes(2), DueAt = waits ? Noon.AddHours(1) : null, ProviderId = "p-1" },
            await GetAsync(row.Id));
        Assert.Empty(await ClaimAsync());
        Assert.Equal(waits, (await ClaimAsync(now: Noon.AddHours(1))).Count == 1);
    }

    [SkippableFact]
    public async Task A_hand_over_whose_call_was_not_made_is_no_attempt()
    {
        var row = await HandedOverAsync();

        await CompleteAsync(By(), Outcome(row, DeliveryState.Deferred) with { NotCalled = true, DueAt = Noon });

        Assert.Equal((DeliveryState.Deferred, 0), ((await GetAsync(row.Id)).State, (await GetAsync(row.Id)).Attempts));
    }

    [SkippableFact]
    public async Task A_claimed_row_may_be_completed_without_being_handed_over()
    {
        var row = await ClaimedAsync();

        await CompleteAsync(By(), Outcome(row, DeliveryState.Suppressed));

        Assert.Equal((DeliveryState.Suppressed, 0), ((await GetAsync(row.Id)).State, (await GetAsync(row.Id)).Attempts));
    }

    [SkippableFact]
    public async Task Outcomes_are_stored_with_their_effects()
    {
        var enrolment = Some.Enrolment() with { DueAt = null };
        await Store.Work.CommitAsync(new Effects { Enrolments = [new(enrolment, null)] }, Go);
        var row = await HandedOverAsync();
        var writeBack = Some.WriteBack(row.CustomerId);

        await CompleteAsync(By(), Outcome(row, DeliveryState.Accepted) with
        {
            Effects = new Effects { WriteBacks = [writeBack], Events = [Some.Event()], Moves = [enrolment with { StepId = "after", DueAt = Noon }] },
        });

        Assert.Equal(writeBack.Id, Assert.Single(await Store.WriteBacks.ClaimDueAsync(By(), Noon, 10, Go)).Id);
        Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go));
        Assert.Equal("after", Assert.Single(await TakeAsync()).StepId);
    }

    [SkippableFact]
    public async Task Repeating_an_outcome_changes_nothing()
    {
        var row = await HandedOverAsync();
        await CompleteAsync(By(), Outcome(row, DeliveryState.Deferred) with { DueAt = Noon });

        await CompleteAsync(By(), Outcome(row, DeliveryState.Rejected) with { Effects = new Effects { Events = [Some.Event()] } });

        Assert.Equal(DeliveryState.Deferred, (await GetAsync(row.Id)).State);
        Assert.Empty(await Store.Events.ClaimAsync(By(), 10, Go));
    }

    [SkippableFact]
    public async Task Outcomes_that_fail_in_the_middle_are_all_taken_back()
    {
        var (first, second) = (await HandedOverAsync(), await HandedOverAsync());

        await Assert.ThrowsAnyAsync<Exception>(() => CompleteAsync(
            By(), Outcome(first, DeliveryState.Accepted),
            Outcome(second, DeliveryState.Accepted) with { Effects = new Effects { Events = [Some.Event() with { Type = null! }] } }));

        Assert.Equal(DeliveryState.HandedOver, (await GetAsync(first.Id)).State);
        Assert.Equal(DeliveryState.HandedOver, (await GetAsync(second.Id)).State);
    }

    [SkippableFact]
    public async Task A_row_that_another_node_has_taken_keeps_its_state_and_leaves_no_effects()
    {
        var row = await ClaimedAsync();
        await Store.Ledger.RecoverAsync(MachineNoon.AddSeconds(60), Noon, NoConnections, Go);
        Assert.Single(await ClaimAsync(By("node-b", 60)));

        await CompleteAsync(By("node-a"), Outcome(row, DeliveryState.Rejected) with { Effects = new Effects { Events = [Some.Event()] } });

        Assert.Equal(DeliveryState.Claimed, (await GetAsync(row.Id)).State);
        Assert.Empty(await Store.Events.ClaimAsync(By(), 10, Go));
    }

    [SkippableFact]
    public async Task Rows_of_a_state_are_listed_newest_change_first()
    {
        var rows = Enum.GetValues<DeliveryState>()
            .SelectMany(state => Enumerable.Range(0, 3).Select(i => Some.Delivery() with { State = state, ChangedAt = Noon.AddMinutes(i) })).ToArray();
        await PlanAsync(rows);

        foreach (var state in Enum.GetValues<DeliveryState>())
            Assert.Equal(
                rows.Where(row => row.State == state).OrderByDescending(row => row.ChangedAt).Take(2).Select(row => row.Id),
                (await Store.Ledger.ListAsync(state, 2, Go)).Select(row => row.Id));
    }

    [SkippableFact]
    public async Task Every_row_is_counted_in_its_state()
    {
        await PlanAsync([.. Enum.GetValues<DeliveryState>().SelectMany(state => Enumerable.Range(0, (int)state + 1).Select(_ => Some.Delivery() with { State = state }))]);

        var counts = await Store.Ledger.CountAsync(Go);

        Assert.All(Enum.GetValues<DeliveryState>(), state => Assert.Equal((int)state + 1, counts[state]));
    }

    [SkippableFact]
    public async Task A_planned_row_without_a_due_time_is_due_at_once()
    {
        var row = Some.Delivery() with { DueAt = null };
        await PlanAsync(row);

        Assert.Equal(row.Id, Assert.Single(await ClaimAsync()).Id);
    }

    private Task<IReadOnlyList<Delivery>> ClaimAsync(Channel channel) => Store.Ledger.ClaimDueAsync(By(), channel, Noon, 100, Go);

    [SkippableFact]
    public async Task What_is_stored_claimed_is_its_nodes_alone_and_can_be_handed_over()
    {
        var (straight, planned) = (Some.Delivery() with { State = DeliveryState.Claimed }, Some.Delivery());
        await Store.Work.CommitAsync(new Effects { Deliveries = [straight, planned], Claim = By() }, Go);

        Assert.Equal(planned.Id, Assert.Single(await ClaimAsync(By("node-b"))).Id);
        Assert.Equal(DeliveryState.Claimed, (await GetAsync(straight.Id)).State);
        Assert.Empty(await HandOverAsync(By("node-b"), straight.Id));
        Assert.Equal(straight.Id, Assert.Single(await HandOverAsync(By(), straight.Id)));
        await CompleteAsync(By(), Outcome(straight, DeliveryState.Accepted));
        Assert.Equal((DeliveryState.Accepted, 1), await GetAsync(straight.Id) is var row ? (row.State, row.Attempts) : default);
    }

    [SkippableFact]
    public async Task What_is_stored_claimed_and_never_handed_over_is_planned_again_when_the_lease_has_ended()
    {
        var straight = Some.Delivery() with { State = DeliveryState.Claimed };
        await Store.Work.CommitAsync(new Effects { Deliveries = [straight], Claim = By() }, Go);

        Assert.Equal((0, 0), await Store.Ledger.RecoverAsync(MachineNoon, Noon, NoConnections, Go));
        Assert.Equal((1, 0), await Store.Ledger.RecoverAsync(MachineNoon.AddHours(1), Noon, NoConnections, Go));
        Assert.Equal(straight.Id, Assert.Single(await ClaimAsync(By("node-b", 7_200))).Id);
    }

    [SkippableFact]
    public async Task Nothing_is_stored_claimed_that_is_nobodys()
    {
        var nobodys = Some.Delivery() with { State = DeliveryState.Claimed };
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Work.CommitAsync(new Effects { Deliveries = [Some.Delivery(), nobodys] }, Go));
        Assert.Empty(await ClaimAsync());
    }

    [SkippableFact]
    public async Task What_was_decided_about_a_claim_is_not_taken_once_the_row_is_handed_over_or_in_doubt()
    {
        var row = await HandedOverAsync();
        foreach (var state in new[] { DeliveryState.Planned, DeliveryState.Deferred, DeliveryState.Suppressed, DeliveryState.Expired })
            await CompleteAsync(By(), Outcome(row, state) with { OfClaim = true, Effects = new Effects { WriteBacks = [Some.WriteBack(row.CustomerId)] } });
        Assert.Equal(DeliveryState.HandedOver, (await GetAsync(row.Id)).State);
        Assert.DoesNotContain(await Store.WriteBacks.CountAsync(Go), count => count.Value > 0);

        await CompleteAsync(By(), Outcome(row, DeliveryState.Unknown));
        await CompleteAsync(By(), Outcome(row, DeliveryState.Planned) with { OfClaim = true });
        Assert.Equal(DeliveryState.Unknown, (await GetAsync(row.Id)).State);
        await CompleteAsync(By(), Outcome(row, DeliveryState.Accepted));
        Assert.Equal(DeliveryState.Accepted, (await GetAsync(row.Id)).State);
    }

    [SkippableFact]
    public async Task What_was_decided_about_a_claim_is_taken_while_the_row_is_claimed()
    {
        var row = await ClaimedAsync();
        await CompleteAsync(By(), Outcome(row, DeliveryState.Suppressed) with { OfClaim = true });
        Assert.Equal(DeliveryState.Suppressed, (await GetAsync(row.Id)).State);
    }
}

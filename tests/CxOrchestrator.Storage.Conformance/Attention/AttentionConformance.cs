using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Storage.Conformance.Ledger;

namespace CxOrchestrator.Storage.Conformance.Attention;

/// <summary>What the stores promise of attention budgets: what counts, who bids, and that nobody is handed over without room.</summary>
public abstract class AttentionConformance : LedgerFacts
{
    private static readonly AttentionBudget Two = new([new(2, TimeSpan.FromDays(7))], [Purpose.Feedback, Purpose.Marketing]);

    private readonly Guid _anna = Some.Key();

    [SkippableFact]
    public async Task What_the_customer_has_or_may_have_counts_and_what_was_certainly_not_sent_does_not()
    {
        var rows = Enumerable.Range(0, 6).Select(_ => Row()).ToArray();
        await PlanAsync(rows);
        await ClaimAsync();
        await HandOverAsync(By(), [.. rows.Select(row => row.Id)]);
        await CompleteAsync(
            By(), Outcome(rows[0], DeliveryState.Accepted), Outcome(rows[1], DeliveryState.Rejected), Outcome(rows[2], DeliveryState.Unknown),
            Outcome(rows[3], DeliveryState.Deferred) with { DueAt = Noon.AddHours(1) },
            Outcome(rows[4], DeliveryState.Deferred) with { DueAt = Noon.AddHours(1), Doubtful = true });

        var counted = (await ReadAsync(Noon.AddMinutes(5))).Contacts;
        Assert.Equal(new[] { rows[0], rows[2], rows[4], rows[5] }.Select(row => row.Id).Order(), counted.Select(one => one.DeliveryId).Order());
        Assert.All(counted, one => Assert.Equal(("post-delivery-nps", "nps-invitation", Noon.AddMinutes(1)), (one.Journey, one.Message, one.At)));
    }

    [SkippableFact]
    public async Task Messages_before_the_longest_span_of_other_purposes_and_of_other_customers_do_not_count()
    {
        var (service, other, mine) = (Row() with { Purpose = Purpose.Service }, Row() with { CustomerId = Some.Key() }, Row());
        await PlanAsync(service, other, mine);
        await ClaimAsync();
        await HandOverAsync(By(), service.Id, other.Id, mine.Id);

        Assert.Equal(mine.Id, Assert.Single((await ReadAsync(Noon.AddMinutes(1).AddDays(7).AddSeconds(-1))).Contacts).DeliveryId);
        Assert.Empty((await ReadAsync(Noon.AddMinutes(1).AddDays(7))).Contacts);
    }

    [SkippableTheory]
    [InlineData(13 * 24)]
    [InlineData(14 * 24)]
    [InlineData((14 * 24) + 1)]
    [InlineData(30 * 24)]
    [InlineData(400 * 24)]
    public async Task A_message_that_was_planned_long_ago_and_is_handed_over_now_counts_from_now_on(int hours)
    {
        var (old, gone, other) = (Planned(Noon.AddHours(-hours)), Planned(Noon.AddHours(-hours)), Row());
        await PlanAsync(old, gone, other);
        await ClaimAsync();
        var one = new AttentionBudget([new(1, TimeSpan.FromDays(7))], [Purpose.Feedback]);

        Assert.Single(await HandOverWithinAsync(Noon.AddMinutes(-1), gone, one));
        await CompleteAsync(By(), Outcome(gone, DeliveryState.Rejected));
        Assert.Single(await HandOverWithinAsync(Noon, old, one));
        Assert.Empty(await HandOverWithinAsync(Noon.AddMinutes(3), other, one));
        await CompleteAsync(By(), Outcome(old, DeliveryState.Accepted));

        Assert.Equal(new Contact(old.Id, old.Journey, old.Message, Noon), Assert.Single((await ReadAsync(Noon.AddDays(7).AddTicks(-10))).Contacts));
        Assert.Empty(await HandOverWithinAsync(Noon.AddDays(7).AddTicks(-10), other, one));
        Assert.Empty((await ReadAsync(Noon.AddDays(7))).Contacts);
        Assert.Single(await HandOverWithinAsync(Noon.AddDays(7), other, one));
    }

    [SkippableFact]
    public async Task A_message_that_was_planned_long_ago_and_is_to_be_tried_again_counts_where_it_may_have_arrived_and_bids()
    {
        var old = Planned(Noon.AddDays(-100));
        await PlanAsync(old);
        await ClaimAsync();
        await HandOverWithinAsync(Noon, old);
        await CompleteAsync(By(), Outcome(old, DeliveryState.Deferred) with { DueAt = Noon.AddHours(1) });
        Assert.Equal((0, 1), await CountedAsync(Noon.AddHours(1)));

        await ClaimAsync(now: Noon.AddHours(1));
        await HandOverWithinAsync(Noon.AddHours(1), old);
        Assert.Equal((1, 0), await CountedAsync(Noon.AddHours(1)));
        await CompleteAsync(By(), Outcome(old, DeliveryState.Deferred) with { DueAt = Noon.AddHours(2), Doubtful = true });
        Assert.Equal((1, 0), await CountedAsync(Noon.AddHours(2)));
    }

    [SkippableFact]
    public async Task A_span_holds_over_the_turn_of_a_month()
    {
        var lastOfMonth = new DateTimeOffset(2026, 3, 31, 23, 59, 59, 990, TimeSpan.Zero);
        Delivery[] rows = [.. new[] { 0, 20, 30 }.Select(after => Planned(lastOfMonth.AddMilliseconds(after)) with { ExpiresAt = null })];
        var (march, april, other) = (rows[0], rows[1], rows[2]);
        await PlanAsync(rows);
        await ClaimAsync(now: lastOfMonth.AddDays(1));

        // A node whose clock is behind hands over what one whose clock is ahead has planned.
        Assert.Single(await HandOverWithinAsync(lastOfMonth, april));
        Assert.Single(await HandOverWithinAsync(lastOfMonth.AddMilliseconds(20), march));
        Assert.Equal((2, 1), await CountedAsync(lastOfMonth.AddMilliseconds(25)));
        Assert.Empty(await HandOverWithinAsync(lastOfMonth.AddMilliseconds(25), other));
        Assert.Empty(await HandOverWithinAsync(lastOfMonth.AddDays(7).AddTicks(-10), other));
        Assert.Single(await HandOverWithinAsync(lastOfMonth.AddDays(7), other));
    }

    [SkippableFact]
    public async Task All_that_is_open_and_due_bids_in_order_of_rank_also_what_a_node_has_claimed()
    {
        var low = Row() with { Priority = 10 };
        var high = Row() with { Priority = 90, ExpiresAt = Noon.AddDays(3), StepId = "renew", Occurrence = 2 };
        var later = Row() with { DueAt = Noon.AddHours(1) };
        var over = Row() with { ExpiresAt = Noon };
        await PlanAsync(low, high, later, over);
        await ClaimAsync(limit: 1);

        Assert.Equal(
            [new Bid(high.Id, high.Journey, "renew", 2, 90, Noon.AddDays(3), Noon), new Bid(low.Id, low.Journey, "invite", 1, 10, null, Noon)],
            (await ReadAsync(Noon)).Bids);
    }

    [SkippableFact]
    public async Task Nothing_is_handed_over_for_which_there_is_no_room()
    {
        var rows = Enumerable.Range(0, 4).Select(_ => Row()).ToArray();
        var service = Row() with { Purpose = Purpose.Service };
        await PlanAsync([.. rows, service]);
        await ClaimAsync();

        Assert.Equal([rows[0].Id], await HandOverWithinAsync(Noon, rows[0]));
        var held = await Store.Ledger.HandOverAsync(
            By(), [Claimed(rows[1]), Claimed(rows[2]), new HandOver(service.Id, Channel.Sms, "sms-eu")], Noon.AddMinutes(1), Go);
        Assert.Equal(new[] { rows[1].Id, service.Id }.Order(), held.Order());
        Assert.Equal((DeliveryState.Claimed, 0), ((await GetAsync(rows[2].Id)).State, (await GetAsync(rows[2].Id)).Attempts));
        Assert.Empty(await HandOverWithinAsync(Noon.AddDays(7).AddTicks(-10), rows[2]));
        Assert.Equal([rows[2].Id], await HandOverWithinAsync(Noon.AddDays(7), rows[2]));
        Assert.Empty(await HandOverWithinAsync(Noon.AddDays(7), rows[3]));
    }

    [SkippableFact]
    public async Task Each_of_several_limits_holds()
    {
        var rows = Enumerable.Range(0, 2).Select(_ => Row()).ToArray();
        await PlanAsync(rows);
        await ClaimAsync();
        var budget = new AttentionBudget([new(5, TimeSpan.FromDays(30)), new(1, TimeSpan.FromHours(1))], [Purpose.Feedback]);

        Assert.Single(await HandOverWithinAsync(Noon, rows[0], budget));
        Assert.Empty(await HandOverWithinAsync(Noon.AddMinutes(59), rows[1], budget));
        Assert.Single(await HandOverWithinAsync(Noon.AddMinutes(60), rows[1], budget));
    }

    [SkippableFact]
    public async Task What_is_repeated_is_not_counted_against_itself()
    {
        var row = Row();
        await PlanAsync(row);
        await ClaimAsync();
        var one = new AttentionBudget([new(1, TimeSpan.FromDays(7))], [Purpose.Feedback]);
        await HandOverWithinAsync(Noon, row, one);
        await CompleteAsync(By(), Outcome(row, DeliveryState.Deferred) with { DueAt = Noon, Doubtful = true });
        await ClaimAsync();

        Assert.Single(await HandOverWithinAsync(Noon.AddMinutes(3), row, one));
        Assert.True((await GetAsync(row.Id)).Doubtful);
    }

    [SkippableFact]
    public async Task A_try_that_was_lost_and_is_repeated_stays_doubtful()
    {
        var row = await HandedOverAsync();
        await Store.Ledger.RecoverAsync(MachineNoon.AddHours(1), Noon.AddHours(1), new HashSet<string> { "sms-eu" }, Go);
        Assert.Equal((DeliveryState.Deferred, true), ((await GetAsync(row.Id)).State, (await GetAsync(row.Id)).Doubtful));
    }

    [SkippableFact]
    public async Task What_waits_for_room_is_due_when_room_is_freed_and_nothing_else_is()
    {
        var (waits, quiet, other, ends) = (Row(), Row(), Row() with { CustomerId = Some.Key() }, Row());
        await PlanAsync(waits, quiet, other, ends);
        await ClaimAsync();
        var week = Noon.AddDays(7);
        await CompleteAsync(
            By(), Outcome(waits, DeliveryState.Planned) with { DueAt = week, AwaitsRoom = true }, Outcome(quiet, DeliveryState.Planned) with { DueAt = week },
            Outcome(other, DeliveryState.Planned) with { DueAt = week, AwaitsRoom = true },
            Outcome(ends, DeliveryState.Suppressed) with { Effects = new Effects { Freed = [new RoomFreed(_anna, Noon.AddMinutes(2))] } });

        Assert.Equal((Noon.AddMinutes(2), true), ((await GetAsync(waits.Id)).DueAt, (await GetAsync(waits.Id)).AwaitsRoom));
        Assert.Equal((week, false), ((await GetAsync(quiet.Id)).DueAt, (await GetAsync(quiet.Id)).AwaitsRoom));
        Assert.Equal(week, (await GetAsync(other.Id)).DueAt);
    }

    [SkippableFact]
    public async Task A_sample_is_of_what_was_planned_within_its_time_for_its_purposes_and_of_so_many_in_one_place()
    {
        var (sent, lost, service) = (Planned(Noon.AddDays(-2)), Planned(Noon.AddDays(-1)), Planned(Noon.AddDays(-1)) with { Purpose = Purpose.Service });
        await PlanAsync(sent, lost, service, Planned(Noon.AddDays(-8)), Planned(Noon));
        await ClaimAsync();
        await CompleteAsync(By(), Outcome(sent, DeliveryState.Accepted), Outcome(lost, DeliveryState.Expired) with { AwaitsRoom = true });

        var sample = new BidSample(Noon.AddDays(-7), Noon, [Purpose.Feedback, Purpose.Marketing]);
        Assert.Equal(
            [new SampledBid(_anna, sent.Journey, DeliveryState.Accepted, false, Noon.AddDays(9)), new SampledBid(_anna, lost.Journey, DeliveryState.Expired, true, Noon.AddDays(9))],
            (await Store.Attention.SampleAsync(sample, Go)).OrderBy(one => one.State));

        await PlanAsync([.. Enumerable.Range(0, BidSample.AtEach + 5).Select(_ => Planned(Noon.AddDays(-3)))]);
        Assert.Equal(BidSample.AtEach + 2, (await Store.Attention.SampleAsync(sample, Go)).Count);
        Assert.Empty(await Store.Attention.SampleAsync(sample with { Purposes = [Purpose.Marketing] }, Go));
    }

    [SkippableFact]
    public async Task What_waits_for_room_is_told_with_its_rank_and_when_it_bids_again()
    {
        var (waits, quiet, other, gone) = (Row() with { Priority = 70 }, Row(), Row() with { CustomerId = Some.Key() }, Row());
        await PlanAsync(waits, quiet, other, gone);
        await ClaimAsync();
        await CompleteAsync(
            By(), Outcome(waits, DeliveryState.Planned) with { DueAt = Noon.AddDays(7), AwaitsRoom = true }, Outcome(quiet, DeliveryState.Planned) with { DueAt = Noon.AddDays(7) },
            Outcome(other, DeliveryState.Planned) with { DueAt = Noon.AddDays(7), AwaitsRoom = true }, Outcome(gone, DeliveryState.Expired) with { AwaitsRoom = true });

        Assert.Equal([new WaitingBid(_anna, Bid.Of(waits), Noon.AddDays(7))], await Store.Attention.WaitingAsync([_anna, Some.Key()], Two, Noon, Go));
        Assert.Empty(await Store.Attention.WaitingAsync([_anna], new AttentionBudget(Two.Limits, [Purpose.Marketing]), Noon, Go));
    }

    [SkippableFact]
    public async Task The_channels_that_refused_a_message_are_kept_through_later_tries()
    {
        var row = await HandedOverAsync();
        IReadOnlyList<Refusal> refused = [new(Channel.Sms, "sms-eu", Noon.AddMinutes(2), "sms-eu refused it: 21211 不存在")];
        await CompleteAsync(By(), Outcome(row, DeliveryState.Deferred) with { DueAt = Noon, Refused = refused });
        await ClaimAsync();
        await HandOverAsync(By(), row.Id);
        await CompleteAsync(By(), Outcome(row, DeliveryState.Unknown));
        Assert.Equal(refused, (await GetAsync(row.Id)).Refused);

        refused = [.. refused, new Refusal(Channel.Email, "mail", Noon.AddMinutes(3), "mail refused it")];
        Assert.True(await Store.Ledger.SettleAsync(Outcome(row, DeliveryState.Rejected) with { Refused = refused }, Go));
        Assert.Equal(refused, (await GetAsync(row.Id)).Refused);
    }

    /// <summary>A message of the customer whom the facts are about.</summary>
    protected Delivery Row() => Some.Delivery() with { CustomerId = _anna };

    private Delivery Planned(DateTimeOffset at) => Row() with { Id = Ids.New(at), PlannedAt = at, ExpiresAt = Noon.AddDays(9) };

    private async Task<(int Contacts, int Bids)> CountedAsync(DateTimeOffset now)
    {
        var read = await ReadAsync(now);
        return (read.Contacts.Count, read.Bids.Count);
    }

    private static HandOver Claimed(Delivery row, AttentionBudget? budget = null) =>
        new(row.Id, Channel.Sms, "sms-eu") { Attention = new AttentionClaim(row.CustomerId, budget ?? Two) };

    private Task<IReadOnlySet<Guid>> HandOverWithinAsync(DateTimeOffset now, Delivery row, AttentionBudget? budget = null) =>
        Store.Ledger.HandOverAsync(By(), [Claimed(row, budget)], now, Go);

    private async Task<CustomerAttention> ReadAsync(DateTimeOffset now) =>
        (await Store.Attention.ReadAsync([_anna, Some.Key()], Two, now, Go)).GetValueOrDefault(_anna) ?? CustomerAttention.Nothing;
}

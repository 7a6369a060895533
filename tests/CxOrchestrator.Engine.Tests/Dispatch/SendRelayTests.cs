using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Engine.Tests.Dispatch;

/// <summary>The short way from the walks of a node to its sending.</summary>
public sealed class SendRelayTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly SendRelay _relay;

    public SendRelayTests()
    {
        _relay = new SendRelay(_clock);
        _relay.Planned(100);
    }

    [Fact]
    public async Task No_places_are_given_before_sending_takes_rows_or_after_it_has_closed()
    {
        Assert.Equal(0, await _relay.TakePlacesAsync(5));
        _relay.Open(8);
        Assert.Equal(5, await _relay.TakePlacesAsync(5));
        _relay.Close();
        Assert.Equal(0, await _relay.TakePlacesAsync(5));
    }

    [Fact]
    public async Task Who_waits_while_it_is_closed_goes_on_without_places()
    {
        _relay.Open(8);
        await FillAsync(8);
        var waiting = _relay.TakePlacesAsync(5);
        _relay.Close();
        Assert.Equal(0, await waiting);
    }

    [Fact]
    public async Task A_walk_that_is_ahead_waits_until_there_are_places_for_all_that_it_may_plan()
    {
        _relay.Open(8);
        await FillAsync(8);
        var waiting = _relay.TakePlacesAsync(6);
        Assert.Equal(5, _relay.Take(5).Count);
        Assert.False(waiting.IsCompleted);
        Assert.Single(_relay.Take(1));
        Assert.Equal(6, await waiting);
    }

    [Fact]
    public async Task Half_of_the_places_are_enough_where_more_are_wanted_than_there_are()
    {
        _relay.Open(8);
        await FillAsync(8);
        var waiting = _relay.TakePlacesAsync(50);
        _relay.Take(4);
        Assert.Equal(4, await waiting);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_a_fifth_of_a_second_and_others_wait_again_where_sending_goes_on()
    {
        _relay.Open(8);
        await FillAsync(8);
        var waiting = _relay.TakePlacesAsync(6);
        _relay.Take(2);
        Assert.Equal(2, await _clock.UntilAsync(waiting));
        Assert.False(_relay.TakePlacesAsync(6).IsCompleted);
    }

    [Fact]
    public async Task Walks_that_have_planned_nothing_don_t_wait_for_places_that_they_won_t_need()
    {
        _relay.Open(100);
        await FillAsync(80);
        _relay.Planned(0);
        Assert.Equal(16, await _relay.TakePlacesAsync(50));
        _relay.Planned(1_000);
        Assert.False(_relay.TakePlacesAsync(50).IsCompleted);
    }

    [Fact]
    public async Task Where_sending_is_slow_nobody_waits_in_vain_twice_before_something_is_taken()
    {
        _relay.Open(8);
        await FillAsync(8);
        var waiting = _relay.TakePlacesAsync(6);
        await _clock.UntilAsync(waiting);
        Assert.Equal(0, await waiting);
        Assert.Equal(0, await _relay.TakePlacesAsync(6));

        _relay.Take(1);
        var again = _relay.TakePlacesAsync(6);
        Assert.False(again.IsCompleted);
        _relay.Take(7);
        Assert.Equal(6, await again);
    }

    [Fact]
    public async Task Places_that_nothing_was_put_on_are_given_to_the_next()
    {
        _relay.Open(8);
        Assert.Equal(8, await _relay.TakePlacesAsync(9));
        _relay.FreePlaces(7);
        _relay.Give([Row(Lane.Bulk)]);
        Assert.Equal(7, await _relay.TakePlacesAsync(9));
    }

    [Fact]
    public async Task The_lanes_have_their_turns_and_each_keeps_its_order()
    {
        _relay.Open(100);
        await _relay.TakePlacesAsync(40);
        var bulk = Enumerable.Range(0, 30).Select(_ => Row(Lane.Bulk)).ToList();
        _relay.Give(bulk);
        var service = Enumerable.Range(0, 10).Select(_ => Row(Lane.Service)).ToList();
        _relay.Give(service);

        Assert.Equal([.. service, .. bulk.Take(2)], _relay.Take(12));
        Assert.Equal(bulk.Skip(2), _relay.Take(100));
        Assert.Empty(_relay.Take(100));
    }

    [Fact]
    public async Task Bulk_has_its_turn_however_much_service_there_is()
    {
        _relay.Open(100);
        await _relay.TakePlacesAsync(100);
        _relay.Give([.. Enumerable.Range(0, 80).Select(_ => Row(Lane.Service)), .. Enumerable.Range(0, 20).Select(_ => Row(Lane.Bulk))]);
        var turns = Enumerable.Range(0, 8).Select(_ => Assert.Single(_relay.Take(1)).Lane).ToList();
        Assert.Contains(Lane.Bulk, turns);
    }

    [Fact]
    public async Task What_has_waited_too_long_is_taken_out_and_the_rest_stays()
    {
        _relay.Open(8);
        await FillAsync(2);
        _clock.Advance(TimeSpan.FromSeconds(59));
        await FillAsync(1);
        Assert.Empty(_relay.TakeOlder(TimeSpan.FromMinutes(1)));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _relay.TakeOlder(TimeSpan.FromMinutes(1)).Count);
        Assert.Equal(1, _relay.Waiting);
        Assert.Equal(7, await _relay.TakePlacesAsync(7));
    }

    [Fact]
    public void A_service_is_proven_to_be_quick_by_several_large_batches_in_time()
    {
        var size = new ClaimSize(100);
        for (var batch = 0; batch < 10; batch++)
            size.Took(3, TimeSpan.FromMilliseconds(1), least: 8);
        Assert.False(size.IsProven);
        for (var batch = 0; batch < 4; batch++)
            size.Took(100, TimeSpan.FromMilliseconds(20), least: 8);
        Assert.True(size.IsProven);
        size.Took(100, TimeSpan.FromSeconds(10), least: 8);
        Assert.False(size.IsProven);
    }

    [Fact]
    public async Task What_was_cleared_is_gone_and_its_places_are_free()
    {
        _relay.Open(8);
        await FillAsync(6);
        _relay.Clear();
        Assert.Empty(_relay.Take(8));
        _relay.Open(8);
        Assert.Equal(8, await _relay.TakePlacesAsync(8));
    }

    [Fact]
    public async Task Who_lingers_is_told_at_once_when_rows_come_and_when_it_is_to_stop()
    {
        _relay.Open(8);
        using var stop = new CancellationTokenSource();
        var lingering = _relay.ComingAsync(TimeSpan.FromHours(1), stop.Token);
        Assert.False(lingering.IsCompleted);
        await FillAsync(1);
        await lingering;
        await _relay.ComingAsync(TimeSpan.FromHours(1), stop.Token);
        _relay.Take(1);

        var again = _relay.ComingAsync(TimeSpan.FromHours(1), stop.Token);
        Assert.False(again.IsCompleted);
        await stop.CancelAsync();
        await again;
    }

    private async Task FillAsync(int rows)
    {
        Assert.Equal(rows, await _relay.TakePlacesAsync(rows));
        _relay.Give([.. Enumerable.Range(0, rows).Select(_ => Row(Lane.Personal))]);
    }

    private Delivery Row(Lane lane) => new()
    {
        Id = Ids.New(_clock.GetUtcNow()), CustomerId = Guid.Empty, EnrolmentId = Guid.Empty, StepId = "1", Occurrence = 1, Journey = "j", Message = "hello",
        Purpose = Purpose.Marketing, Via = [Channel.Email], Lane = lane, PlannedAt = _clock.GetUtcNow(), ChangedAt = _clock.GetUtcNow(), State = DeliveryState.Claimed,
    };
}

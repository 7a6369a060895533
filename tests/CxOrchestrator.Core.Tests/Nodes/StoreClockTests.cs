using CxOrchestrator.Core.Nodes;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Core.Tests.Nodes;

public sealed class StoreClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _machine = new(Noon);

    [Fact]
    public void Before_the_first_look_it_is_the_machines_time()
    {
        var clock = new StoreClock(_machine);

        Assert.Equal(Noon, clock.GetUtcNow());
        Assert.Null(clock.MachineAhead);
    }

    [Theory]
    [InlineData(-3_600)]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(86_400)]
    public void However_wrong_the_machine_is_two_nodes_have_the_stores_time(int aheadBySeconds)
    {
        var store = Noon;
        var wrong = new ManualTimeProvider(store.AddSeconds(aheadBySeconds));
        var clock = new StoreClock(wrong);
        clock.Follow(clock.GetTimestamp(), store);

        wrong.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(store.AddMinutes(5), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(aheadBySeconds), clock.MachineAhead);
    }

    [Fact]
    public void The_stores_answer_is_of_the_middle_of_the_round_trip()
    {
        var clock = new StoreClock(_machine);
        Look(clock, TimeSpan.FromMilliseconds(40), off: TimeSpan.FromSeconds(7));

        Assert.Equal(_machine.GetUtcNow().AddSeconds(7), clock.GetUtcNow());
    }

    [Fact]
    public void A_look_that_took_long_does_not_spoil_one_that_was_quick()
    {
        var clock = new StoreClock(_machine);
        Look(clock, TimeSpan.FromMilliseconds(1), off: TimeSpan.Zero);

        // Answered at the end of the two seconds, so that the middle is a second off.
        var askedAt = clock.GetTimestamp();
        _machine.Advance(TimeSpan.FromSeconds(2));
        clock.Follow(askedAt, _machine.GetUtcNow());

        Assert.Equal(_machine.GetUtcNow(), clock.GetUtcNow());
    }

    [Fact]
    public void It_is_never_set_back_but_stands_until_the_stores_time_has_come()
    {
        var clock = new StoreClock(_machine);
        Look(clock, TimeSpan.FromMilliseconds(2), off: TimeSpan.Zero);
        _machine.Advance(TimeSpan.FromSeconds(10));
        var before = clock.GetUtcNow();

        Look(clock, TimeSpan.Zero, off: TimeSpan.FromSeconds(-3));

        Assert.Equal(before, clock.GetUtcNow());
        _machine.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(before, clock.GetUtcNow());
        _machine.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(before.AddSeconds(1), clock.GetUtcNow());
    }

    [Fact]
    public void A_store_whose_clock_was_set_is_followed_even_by_a_slow_look()
    {
        var clock = new StoreClock(_machine);
        Look(clock, TimeSpan.FromMilliseconds(1), off: TimeSpan.Zero);

        Look(clock, TimeSpan.FromMilliseconds(500), off: TimeSpan.FromMinutes(1));

        Assert.Equal(_machine.GetUtcNow().AddMinutes(1), clock.GetUtcNow());
    }

    [Fact]
    public async Task Its_timers_run_by_the_machine()
    {
        var clock = new StoreClock(_machine);
        Look(clock, TimeSpan.Zero, off: TimeSpan.FromHours(3));

        var rest = Task.Delay(TimeSpan.FromSeconds(5), clock);
        _machine.Advance(TimeSpan.FromSeconds(5));

        await rest;
    }

    // The store's clock is off from the machine's, and answers in the middle.
    private void Look(StoreClock clock, TimeSpan took, TimeSpan off)
    {
        var askedAt = clock.GetTimestamp();
        _machine.Advance(took / 2);
        var said = _machine.GetUtcNow() + off;
        _machine.Advance(took / 2);
        clock.Follow(askedAt, said);
    }
}

using CxOrchestrator.Engine.Dispatch;

namespace CxOrchestrator.Engine.Tests.Dispatch;

/// <summary>How many messages a service is handed at once.</summary>
public sealed class SendLevelTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task A_quarter_of_the_places_is_waited_for_and_no_more_than_are_wanted()
    {
        var places = new SendPlaces(new SendLevel(8));
        Assert.Equal(8, await places.TakeAsync(20));
        var waiting = places.TakeAsync(20);
        places.Free(1);
        Assert.False(waiting.IsCompleted);
        places.Free(1);
        Assert.Equal(2, await waiting);

        var last = places.TakeAsync(1);
        places.Free(1);
        Assert.Equal(1, await last);
        var all = places.AllFreeAsync();
        places.Free(7);
        Assert.False(all.IsCompleted);
        places.Free(1);
        await all;
    }

    [Fact]
    public async Task A_level_that_falls_while_somebody_waits_leaves_them_one_place()
    {
        var level = new SendLevel(8);
        var places = new SendPlaces(level);
        Assert.Equal(8, await places.TakeAsync(8));
        var waiting = places.TakeAsync(8);
        for (var group = 0; group < 5; group++)
            level.Failed();
        places.Free(7);
        Assert.False(waiting.IsCompleted);
        places.Free(1);
        Assert.Equal(1, await waiting);
    }

    [Fact]
    public void A_level_is_halved_by_failures_and_comes_back_step_by_step()
    {
        var level = new SendLevel(16);
        level.Failed();
        Assert.Equal(8, level.Now);
        level.Worked(8, Quick);
        Assert.Equal(9, level.Now);
        for (var group = 0; group < 100; group++)
            level.Worked(level.Now, Quick);
        Assert.Equal(16, level.Now);
        for (var group = 0; group < 10; group++)
            level.Failed();
        Assert.Equal(1, level.Now);
        level.Worked(1, Quick);
        Assert.Equal(2, level.Now);
    }

    [Fact]
    public void A_service_that_takes_a_message_a_second_is_not_handed_more_than_it_answers_in_time()
    {
        var level = new SendLevel(64);
        // The answer comes when all that are under way have had their second.
        for (var group = 0; group < 100; group++)
            level.Worked(1, TimeSpan.FromSeconds(level.Now));

        Assert.InRange(level.Now, 3, 6);
    }

    [Fact]
    public void As_many_are_claimed_as_are_handed_over_in_two_seconds()
    {
        var size = new ClaimSize(200);
        size.Took(200, TimeSpan.FromMilliseconds(50), least: 8);
        Assert.Equal(200, size.Now);
        size.Took(200, TimeSpan.FromSeconds(20), least: 8);
        Assert.Equal(20, size.Now);
        size.Took(20, TimeSpan.FromSeconds(20), least: 8);
        Assert.Equal(8, size.Now);
        size.Took(8, TimeSpan.FromMilliseconds(5), least: 8);
        Assert.Equal(16, size.Now);
        size.Took(16, TimeSpan.Zero, least: 8);
        Assert.Equal(32, size.Now);
        size.Took(32, TimeSpan.FromHours(1), least: 64);
        Assert.Equal(64, size.Now);
    }
}

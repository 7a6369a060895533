using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Dispatch;

/// <summary>E-mail and SMS each go their own way: what is wrong with one is nothing to the other.</summary>
public sealed class ChannelQueueTests
{
    [Fact]
    public async Task A_text_service_that_does_not_answer_holds_up_no_letter()
    {
        await using var world = await TextsAndLettersAsync();
        await TellAsync(world, 10, "ping");
        await TellAsync(world, 10);
        var answers = new TaskCompletionSource();
        world.Fake.BeforeText = () => answers.Task;
        var texts = world.RunAsync(Work.Texts);

        Assert.Equal(10, await world.RunAsync(Work.Deliveries));
        await TellAsync(world, 3);
        Assert.Equal(3, await world.RunAsync(Work.Deliveries));

        Assert.Equal(13, world.Fake.Emails.Count);
        Assert.False(texts.IsCompleted);
        Assert.Empty(world.Fake.Texts);
        answers.SetResult();
        Assert.Equal(10, await texts);
        Assert.Equal(10, world.Fake.Texts.Count);
    }

    [Fact]
    public async Task A_service_that_comes_back_is_found_out_with_one_message()
    {
        await using var world = await TextsAndLettersAsync();
        await TellAsync(world, 20, "ping");
        world.Fake.OnSend = _ => SendResult.Deferred("busy");
        await world.RunAsync(Work.Texts);
        Assert.Equal(2, world.Fake.Texts.Count);

        world.CustomerClock.Advance(TimeSpan.FromHours(1));
        world.MachineClock.Advance(TimeSpan.FromHours(1));
        await world.RunAsync(Work.Texts);

        Assert.Equal(3, world.Fake.Texts.Count);
    }

    [Fact]
    public async Task What_waits_for_a_service_that_is_out_is_not_put_off_again_and_again()
    {
        await using var world = await TextsAndLettersAsync();
        await TellAsync(world, 9, "ping");
        world.Fake.Accepting = false;

        for (var nudge = 0; nudge < 3; nudge++)
            Assert.Equal(0, await world.RunAsync(Work.Texts));

        Assert.Equal(4, (await world.BooksAsync()).Deliveries[DeliveryState.Deferred]);
        world.Fake.Accepting = true;
        Assert.Equal(5, await world.RunAsync(Work.Texts));
    }

    [Fact]
    public async Task A_letter_that_cannot_go_waits_for_the_text_service_and_for_no_letter()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello\n  via: [ email, sms ]"));
        await world.CustomerAsync("anna", email: null, phone: "+66812345678");
        await TellAsync(world, 1);

        Assert.Equal(1, await world.RunAsync(Work.Deliveries));
        Assert.Empty(world.Fake.Texts);
        var waiting = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Planned, 0, "planned"), (waiting.State, waiting.Attempts, waiting.Reason));

        Assert.Equal(0, await world.RunAsync(Work.Deliveries));
        Assert.Equal(1, await world.RunAsync(Work.Texts));
        Assert.Single(world.Fake.Texts);
        Assert.Contains("e-mail: no address", (await world.DeliveryAsync()).Decided, StringComparison.Ordinal);
    }

    private static async Task<World> TextsAndLettersAsync()
    {
        var world = await World.WithAsync(
            settings => settings with { Sending = settings.Sending with { Batch = 4, Concurrency = 2 } },
            Words.Journey("letter", "- send: hello\n  via: [ email ]", more: "reentry: always"),
            Words.Journey("text", "- send: hello\n  via: [ sms ]", "{ on: ping }", "reentry: always"));
        await world.CustomerAsync("anna", phone: "+66812345678");
        return world;
    }

    private static async Task TellAsync(World world, int count, string type = "order.delivered")
    {
        for (var number = 0; number < count; number++)
            await world.TellAsync("anna", type);
        await world.RunAsync(Work.Events);
        await world.RunAsync(Work.Enrolments);
    }
}

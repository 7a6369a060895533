using System.Collections.Concurrent;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Dispatch;

/// <summary>Hand-overs that go on while others are on their way.</summary>
public sealed class SendFlowTests
{
    [Fact]
    public async Task Every_message_is_handed_over_in_the_ledger_before_it_is_sent_and_never_more_of_them_than_may_be()
    {
        await using var world = await World.WithAsync(
            settings => settings with { Sending = settings.Sending with { Batch = 20, Concurrency = 8 } },
            Words.Journey("j", "- send: hello", more: "reentry: always"));
        await world.CustomerAsync("anna");
        for (var number = 0; number < 100; number++)
            await world.TellAsync("anna", "order.delivered");
        await world.RunAsync(Work.Events);
        await world.RunAsync(Work.Enrolments);
        var seen = new ConcurrentBag<(DeliveryState State, long Unanswered)>();
        world.Fake.OnSend = key =>
        {
            var ledger = world.Get<ILedger>();
            var id = Guid.ParseExact(key, "N");
            var row = ledger.GetAsync([id], CancellationToken.None).GetAwaiter().GetResult()[id];
            seen.Add((row.State, ledger.CountAsync(CancellationToken.None).GetAwaiter().GetResult().GetValueOrDefault(DeliveryState.HandedOver)));
            return SendResult.Accepted(key);
        };

        var forward = await world.RunAsync(Work.Deliveries);

        // One run takes all five batches.
        Assert.Equal(100, forward);
        Assert.Equal(100, seen.Count);
        Assert.All(seen, one => Assert.Equal(DeliveryState.HandedOver, one.State));
        Assert.All(seen, one => Assert.InRange(one.Unanswered, 1, 8));
        Assert.Equal(100, (await world.BooksAsync()).Deliveries[DeliveryState.Accepted]);
    }
}

using System.Collections.Concurrent;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>Many messages through a Graph that throttles, breaks and hangs up: none is sent twice, and none is lost.</summary>
public sealed class ManyMessagesTests
{
    private const int Messages = 20_000;
    private const int AtOnce = 16;

    [Fact]
    public async Task Twenty_thousand_messages_each_arrive_once_and_the_unknown_ones_are_settled_by_lookup()
    {
        await using var rig = await GraphRig.StartAsync();
        var luck = new Random(20260302);
        rig.StandIn.FailsAfterTaking = () => luck.Next(100) == 0;
        var courier = new Courier(rig);
        HttpFault[] weather =
        [
            HttpFault.Status(429, TimeSpan.FromSeconds(1), """{"error":{"code":"ApplicationThrottled","message":"x"}}"""), HttpFault.Status(503),
            HttpFault.CutAfterBody, HttpFault.CutBeforeBody, HttpFault.CutInAnswer, HttpFault.Garbage, HttpFault.Status(500), HttpFault.Status(401),
        ];
        foreach (var (part, index) in Enumerable.Range(0, Messages).Chunk(200).Select((part, index) => (part, index)))
        {
            rig.StandIn.Server.Fault = weather[index % weather.Length].Where(_ => Random.Shared.Next(20) == 0);
            // Now and then what was taken stays a draft for a while.
            rig.StandIn.TransportIsLate = index % 10 == 3;
            await courier.SendAllAsync(part.Select(number => $"d-{number}"));
            rig.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.True(courier.Unknown.Count > Messages / 100, $"only {courier.Unknown.Count} were unknown: this proves nothing");
        rig.StandIn.Server.Fault = HttpFault.Status(503).Where(_ => Random.Shared.Next(20) == 0);
        for (var round = 0; !courier.Unknown.IsEmpty && round < 20; round++)
        {
            rig.Clock.Advance(TimeSpan.FromMinutes(30));
            if (round == 2)
                rig.StandIn.Transport();
            await courier.SettleAsync();
        }

        Assert.Empty(courier.Unknown);
        var byKey = rig.StandIn.Sent.ToLookup(mail => mail.Key);
        Assert.Equal(Messages, byKey.Count);
        Assert.All(byKey, one => Assert.Single(one));
        Assert.Equal(Messages, courier.Accepted.Count);
        Assert.InRange(rig.StandIn.MostAtOnce, 1, 4);
    }

    /// <summary>Does with results what the host does, and nothing else.</summary>
    private sealed class Courier(GraphRig rig)
    {
        private static readonly ParallelOptions Width = new() { MaxDegreeOfParallelism = AtOnce };

        public ConcurrentDictionary<string, bool> Accepted { get; } = [];

        public ConcurrentDictionary<string, DateTimeOffset> Unknown { get; } = [];

        public Task SendAllAsync(IEnumerable<string> keys) => Parallel.ForEachAsync(keys, Width, async (key, _) => await SendAsync(key));

        public Task SettleAsync() => Parallel.ForEachAsync(Unknown.ToArray(), Width, async (unknown, _) =>
        {
            switch (await rig.LookUpAsync(unknown.Key, unknown.Value))
            {
                case SendAccepted:
                    Unknown.TryRemove(unknown);
                    Assert.True(Accepted.TryAdd(unknown.Key, true));
                    break;
                case SendDeferred:
                    Unknown.TryRemove(unknown);
                    await SendAsync(unknown.Key);
                    break;
                case SendRejected rejected:
                    Assert.Fail(rejected.ToString());
                    break;
            }
        });

        private async Task SendAsync(string key)
        {
            SendResult result;
            do
            {
                result = await rig.SendAsync(AnEmail().Key(key).Build());
            }
            while (result is SendDeferred);
            if (result is SendAccepted)
            {
                Assert.True(Accepted.TryAdd(key, true));
                return;
            }

            Assert.IsType<SendUnknown>(result);
            Unknown[key] = rig.Clock.GetUtcNow();
        }
    }
}

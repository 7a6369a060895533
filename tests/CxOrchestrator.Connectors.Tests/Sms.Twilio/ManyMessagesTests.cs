using System.Collections.Concurrent;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

/// <summary>Many messages through a Twilio that throttles, breaks and hangs up: none is sent twice, and none is lost.</summary>
public sealed class ManyMessagesTests
{
    private const int Messages = 20_000;
    private const int AtOnce = 32;

    [Fact]
    public async Task Twenty_thousand_messages_each_arrive_once_though_Twilio_throttles_breaks_and_hangs_up()
    {
        await using var rig = await TwilioRig.StartAsync();
        var luck = new Random(20260302);
        rig.StandIn.FailsAfterTaking = () => luck.Next(100) == 0;
        var courier = new Courier(rig);
        var keys = Enumerable.Range(0, Messages).Select(i => $"d-{i}").ToArray();
        HttpFault[] weather =
        [
            HttpFault.Status(429, TimeSpan.FromSeconds(1), """{"code":20429}"""), HttpFault.Status(503), HttpFault.CutAfterBody, HttpFault.CutBeforeBody,
            HttpFault.CutInAnswer, HttpFault.Garbage, HttpFault.Status(500),
        ];

        foreach (var (part, index) in keys.Chunk(200).Select((part, index) => (part, index)))
        {
            rig.StandIn.Server.Fault = weather[index % weather.Length].Where(_ => Random.Shared.Next(20) == 0);
            await courier.SendAllAsync(part);
            rig.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        rig.StandIn.Server.Fault = HttpFault.Status(503).Where(_ => Random.Shared.Next(20) == 0);
        Assert.True(courier.Unknown.Count > Messages / 100, $"only {courier.Unknown.Count} were unknown: this proves nothing");
        for (var round = 0; !courier.Unknown.IsEmpty && round < 20; round++)
        {
            rig.Clock.Advance(TimeSpan.FromMinutes(61));
            await courier.SettleAsync();
        }

        Assert.Empty(courier.Unknown);
        var byKey = rig.StandIn.Messages.ToLookup(message => message.Key, message => message.Sid);
        Assert.Equal(Messages, byKey.Count);
        Assert.All(byKey, one => Assert.Equal(courier.Accepted[one.Key!], Assert.Single(one)));
    }

    /// <summary>Does with results what the host does, and nothing else.</summary>
    private sealed class Courier(TwilioRig rig)
    {
        public ConcurrentDictionary<string, string> Accepted { get; } = [];

        public ConcurrentDictionary<string, DateTimeOffset> Unknown { get; } = [];

        public Task SendAllAsync(IEnumerable<string> keys) =>
            Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (key, _) => await SendAsync(key));

        public async Task SettleAsync()
        {
            await Parallel.ForEachAsync(Unknown.ToArray(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (unknown, _) =>
            {
                switch (await rig.LookUpAsync(unknown.Key, unknown.Value, Text(unknown.Key), Number(unknown.Key)))
                {
                    case SendAccepted accepted:
                        Unknown.TryRemove(unknown);
                        Accepted[unknown.Key] = accepted.ProviderId!;
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
        }

        private async Task SendAsync(string key)
        {
            while (true)
            {
                var at = rig.Clock.GetUtcNow();
                switch (await rig.SendAsync(key, Text(key), Number(key)))
                {
                    case SendAccepted accepted:
                        Accepted[key] = accepted.ProviderId!;
                        return;
                    case SendDeferred:
                        continue;
                    case SendUnknown:
                        Unknown[key] = at;
                        return;
                    case var other:
                        Assert.Fail(other.ToString());
                        return;
                }
            }
        }

        private static string Text(string key) => $"How was it? https://cx.example.com/s/{key}";

        // Four messages to each number, so that a lookup has to choose.
        private static string Number(string key) => $"+6681{int.Parse(key[2..], null) / 4:D7}";
    }
}

using System.Text.Json;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

/// <summary>The traps that Twilio sets, each by the name that connector authors know it by.</summary>
public sealed class TrapTests
{
    [Fact]
    public async Task Trap_8_create_has_no_idempotency_429_is_safe_and_a_timeout_is_not()
    {
        await using var rig = await TwilioRig.StartAsync();
        Assert.False(rig.Sender.HonoursKey);

        rig.StandIn.Server.Fault = HttpFault.Status(429, TimeSpan.FromSeconds(3), """{"code":20429}""").For(1);
        Assert.Equal(TimeSpan.FromSeconds(3), Assert.IsType<SendDeferred>(await rig.SendAsync("d-1")).RetryAfter);
        rig.StandIn.Server.Fault = HttpFault.Hang.For(1);
        using var patience = new CancellationTokenSource();
        var hanging = rig.Sender.SendAsync(new SmsMessage("d-2", "+66812345678", "How was it?"), patience.Token);
        await rig.StandIn.Server.ReachedAsync(2);
        // What has arrived is the service's a moment later.
        for (var tries = 0; rig.StandIn.Messages.Count == 0 && tries < 1_000; tries++)
            await Task.Delay(10);
        await patience.CancelAsync();

        // The host takes whatever a send throws for an unknown outcome.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        Assert.Equal("d-2", Assert.Single(rig.StandIn.Messages).Key);
        Assert.IsType<SendAccepted>(await rig.LookUpAsync("d-2", rig.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Trap_8_sent_can_be_final_and_a_late_report_never_takes_a_message_back()
    {
        await using var rig = await TwilioRig.StartAsync();
        await rig.SendAsync("d-1");
        var message = rig.StandIn.Messages[0];
        var calls = new List<WebhookRequest>();
        foreach (var status in new[] { "queued", "sent", "delivered", "read" })
        {
            rig.StandIn.Move(message, status);
            calls.Add(TwilioCaller.Callback(message));
        }

        var arrived = new List<ConnectorEvent>();
        foreach (var call in new[] { calls[2], calls[0], calls[3], calls[1], calls[2], calls[0] })
            arrived.AddRange((await rig.ReceiveAsync(call)).Events);

        // Of each status there is one id, and the rank tells which came last whatever the order.
        Assert.Equal(3, arrived.Select(told => told.Id).Distinct().Count());
        Assert.Equal("message.read", arrived.MaxBy(told => told.Data.GetProperty("rank").GetInt32())!.Type);
        Assert.Equal(ServiceFacts.MessageSent, (await rig.ReceiveAsync(calls[1])).Events.Single().Type);
        Assert.DoesNotContain(arrived, told => told.Type == ServiceFacts.MessageFailed);
    }

    [Fact]
    public async Task Trap_8_numbers_arrive_as_strings()
    {
        await using var rig = await TwilioRig.StartAsync();
        await rig.SendAsync("d-1");
        rig.StandIn.Move(rig.StandIn.Messages[0], "sent", price: "-0.0079");
        rig.Clock.Advance(TimeSpan.FromHours(1));

        var data = Assert.Single((await rig.Poller.PollAsync(null, default)).Items).Data;

        Assert.Equal((JsonValueKind.Number, JsonValueKind.Number), (data.GetProperty("price").ValueKind, data.GetProperty("segments").ValueKind));
    }

    [Fact]
    public async Task Trap_9_signature_public_url_ordinal_sort_decoded_values_port_both_ways_unknown_fields_included()
    {
        await using var rig = await TwilioRig.StartAsync(webhook: "https://cx.example.com/cx/hooks/sms");
        var fields = TwilioCaller.Fields(("to", "lower"), ("To", "a+b %41"), ("AccountSid", TwilioStandIn.AccountSid), ("BrandNew", "é👋"));

        foreach (var signed in new[] { "https://cx.example.com/cx/hooks/sms", "https://cx.example.com:443/cx/hooks/sms" })
        {
            Assert.True((await rig.ReceiveAsync(TwilioCaller.Post(signed, fields, arrivesAs: "http://10.0.0.7:8080/hooks/sms"))).Verified, signed);
            Assert.False((await rig.ReceiveAsync(TwilioCaller.Post(signed, fields, "wrong", "http://10.0.0.7:8080/hooks/sms"))).Verified, signed);
        }
    }

    [Theory]
    [InlineData("STOP", null)]
    [InlineData("stop", "STOP")]
    [InlineData("START", null)]
    [InlineData("hello", null)]
    public async Task Trap_10_STOP_is_not_answered_twice(string body, string? optOutType)
    {
        await using var rig = await TwilioRig.StartAsync();

        var result = await rig.ReceiveAsync(TwilioCaller.Answer(body, optOutType: optOutType));

        Assert.Equal((200, "text/xml; charset=utf-8"), (result.Status, result.ReplyType));
        var reply = System.Xml.Linq.XDocument.Parse(result.ReplyBody!).Root!;
        Assert.Equal(("Response", true), (reply.Name.LocalName, reply.IsEmpty));
        Assert.Empty(rig.StandIn.Server.Requests);
    }

    [Fact]
    public async Task Trap_10_21610_suppresses_the_number_and_is_not_retried()
    {
        await using var rig = await TwilioRig.StartAsync();
        rig.StandIn.OptedOut.Add("+66812345678");

        var rejected = Assert.IsType<SendRejected>(await rig.SendAsync("d-1"));
        Assert.Equal(("21610", true), (rejected.Code, rejected.AddressInvalid));

        // A messaging service finds out later, and tells by a callback.
        await rig.SendAsync("d-2", to: "+66812345679");
        rig.StandIn.Move(rig.StandIn.Messages[0], "failed", 21610);
        var told = (await rig.ReceiveAsync(TwilioCaller.Callback(rig.StandIn.Messages[0]))).Events;
        Assert.Equal([ServiceFacts.MessageFailed, ServiceFacts.ContactOptedOut], told.Select(one => one.Type));
        Assert.All(told, one => Assert.Equal("+66812345679", one.Address));
    }
}

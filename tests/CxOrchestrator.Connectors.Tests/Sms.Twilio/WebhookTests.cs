using CxOrchestrator.Plugins.SmsTwilio;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

public sealed class WebhookTests
{
    [Theory]
    [InlineData("sent", "message.sent", "sent")]
    [InlineData("delivered", "message.delivered", "delivered")]
    [InlineData("read", "message.read", "read")]
    [InlineData("failed", "message.failed", "failed")]
    [InlineData("undelivered", "message.failed", "undelivered")]
    public async Task A_callback_tells_the_delivery_by_its_key_and_the_person_by_the_number(string status, string type, string name)
    {
        await using var rig = await TwilioRig.StartAsync();
        await rig.SendAsync("d/1 ä");
        var message = rig.StandIn.Messages[0];
        rig.StandIn.Move(message, status);

        var told = Assert.Single((await rig.ReceiveAsync(TwilioCaller.Callback(message))).Events);

        Assert.Equal((type, $"{message.Sid}/{name}", "d/1 ä", "+66812345678"), (told.Type, told.Id, told.DeliveryKey, told.Address));
        Assert.Equal((status, message.Sid), (told.Data.GetProperty("status").GetString(), told.Data.GetProperty("providerId").GetString()));
    }

    [Theory]
    [InlineData(30005, true)]
    [InlineData(30006, true)]
    [InlineData(30003, false)]
    [InlineData(30007, false)]
    [InlineData(63016, false)]
    [InlineData(12345, false)]
    public async Task A_message_that_failed_is_told_with_its_code_and_whether_the_number_is_bad(int code, bool addressInvalid)
    {
        await using var rig = await TwilioRig.StartAsync();
        await rig.SendAsync("d-1");
        rig.StandIn.Move(rig.StandIn.Messages[0], "undelivered", code);

        var data = Assert.Single((await rig.ReceiveAsync(TwilioCaller.Callback(rig.StandIn.Messages[0]))).Events).Data;

        Assert.Equal(
            (code.ToString(null, null), addressInvalid), (data.GetProperty("code").GetString(), data.GetProperty("addressInvalid").GetBoolean()));
        Assert.NotEmpty(data.GetProperty("text").GetString()!);
    }

    [Fact]
    public async Task The_same_call_twice_gives_the_same_ids_so_that_it_counts_once()
    {
        await using var rig = await TwilioRig.StartAsync();
        await rig.SendAsync("d-1");
        rig.StandIn.Move(rig.StandIn.Messages[0], "delivered");
        var call = TwilioCaller.Callback(rig.StandIn.Messages[0]);

        var first = await rig.ReceiveAsync(call);
        rig.Clock.Advance(TimeSpan.FromHours(1));
        var second = await rig.ReceiveAsync(call);

        Assert.Equal(first.Events.Select(told => told.Id), second.Events.Select(told => told.Id));
    }

    [Theory]
    [InlineData("Great, thanks!", null, "message.replied")]
    [InlineData("Stop it, I love you", null, "message.replied")]
    [InlineData("stop", null, "contact.optedOut")]
    [InlineData(" STOP ALL. ", null, "contact.optedOut")]
    [InlineData("Unsubscribe", null, "contact.optedOut")]
    [InlineData("cancel", null, "contact.optedOut")]
    [InlineData("END", null, "contact.optedOut")]
    [InlineData("quit", null, "contact.optedOut")]
    [InlineData("Revoke", null, "contact.optedOut")]
    [InlineData("opt-out", null, "contact.optedOut")]
    [InlineData("หยุด", null, "contact.optedOut")]
    [InlineData("Arrêt", null, "contact.optedOut")]
    [InlineData("no more please", "STOP", "contact.optedOut")]
    [InlineData("start", null, "contact.optedIn")]
    [InlineData("UNSTOP", null, "contact.optedIn")]
    [InlineData("again", "START", "contact.optedIn")]
    [InlineData("yes", null, "contact.optedIn message.replied")]
    [InlineData("help", "HELP", "message.replied")]
    [InlineData("", null, "message.replied")]
    public async Task What_a_person_writes_is_a_reply_or_a_choice(string body, string? optOutType, string types)
    {
        await using var rig = await TwilioRig.StartAsync(settings => settings.OptOutWords = "หยุด, arrêt,");

        var result = await rig.ReceiveAsync(TwilioCaller.Answer(body, optOutType: optOutType));

        Assert.Equal(types, string.Join(' ', result.Events.Select(told => told.Type)));
        Assert.All(result.Events, told =>
        {
            Assert.Equal(("+66812345678", "sms", body), (told.Address, told.Data.GetProperty("channel").GetString(), told.Data.GetProperty("text").GetString()));
            Assert.StartsWith("SM000000000000000000000000000000aa/", told.Id, StringComparison.Ordinal);
        });
        Assert.Equal(result.Events.Count, result.Events.Select(told => told.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_WhatsApp_address_is_told_as_the_number_that_it_is()
    {
        await using var rig = await TwilioRig.StartAsync(settings => settings.Channel = TwilioChannel.WhatsApp);

        var told = Assert.Single((await rig.ReceiveAsync(TwilioCaller.Answer("fine", "whatsapp:+66812345678"))).Events);

        Assert.Equal(("+66812345678", "sms", "whatsapp"), (told.Address, told.Data.GetProperty("channel").GetString(), told.Data.GetProperty("via").GetString()));
    }

    [Fact]
    public async Task Another_accounts_call_is_refused_though_it_is_signed()
    {
        await using var rig = await TwilioRig.StartAsync();
        var fields = TwilioCaller.Fields(("AccountSid", "ACffffffffffffffffffffffffffffffff"), ("MessageSid", "SM0123456789abcdef0123456789abcdef"), ("MessageStatus", "delivered"));

        Assert.Equal(WebhookResult.Refused, await rig.ReceiveAsync(TwilioCaller.Post(TwilioRig.Webhook, fields)));
    }

    [Fact]
    public async Task What_is_not_understood_is_taken_without_a_word()
    {
        await using var rig = await TwilioRig.StartAsync();
        var account = TwilioCaller.Fields(("AccountSid", TwilioStandIn.AccountSid));
        var odd = new[]
        {
            account,
            [.. account, .. TwilioCaller.Fields(("MessageSid", "SM0123456789abcdef0123456789abcdef"), ("MessageStatus", "teleported"))],
            [.. account, .. TwilioCaller.Fields(("MessageSid", "SM0123456789abcdef0123456789abcdef"), ("MessageStatus", "queued"))],
            [.. account, .. TwilioCaller.Fields(("MessageSid", "not/an/id"), ("MessageStatus", "delivered"))],
            [.. account, .. TwilioCaller.Fields(("CallSid", "CA0123456789abcdef0123456789abcdef"), ("CallStatus", "ringing"))],
        };

        foreach (var fields in odd)
        {
            var result = await rig.ReceiveAsync(TwilioCaller.Post(TwilioRig.Webhook, fields));
            Assert.Equal((true, 200, 0), (result.Verified, result.Status, result.Events.Count));
        }
    }

    [Fact]
    public async Task A_flat_JSON_callback_is_read_like_a_form()
    {
        await using var rig = await TwilioRig.StartAsync();
        var body = System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"AccountSid":"{{{TwilioStandIn.AccountSid}}}","MessageSid":"SM0123456789abcdef0123456789abcdef","MessageStatus":"undelivered","ErrorCode":30005,"To":"+66812345678","New":{"a":[1]}}""");
        var url = $"{TwilioRig.Webhook}?key=d-7&bodySHA256={Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body))}";

        var told = Assert.Single((await rig.ReceiveAsync(TwilioCaller.Request(url, "application/json", body, TwilioCaller.Sign(url)))).Events);

        Assert.Equal(("message.failed", "d-7", "30005"), (told.Type, told.DeliveryKey, told.Data.GetProperty("code").GetString()));
    }
}

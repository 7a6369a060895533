using CxOrchestrator.Plugins.SmsTwilio;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

public sealed class SendTests
{
    [Fact]
    public async Task A_message_is_one_form_with_the_delivery_key_in_the_address_of_its_callback()
    {
        await using var rig = await TwilioRig.StartAsync();

        var accepted = Assert.IsType<SendAccepted>(await rig.SendAsync("d/1 ä", "สวัสดี 👋"));

        var request = Assert.Single(rig.StandIn.Server.Requests);
        Assert.Equal(
            TwilioCaller.Fields(
                ("To", "+66812345678"), ("StatusCallback", "https://cx.example.com/hooks/sms?key=d%2F1%20%C3%A4"), ("ValidityPeriod", "36000"),
                ("MessagingServiceSid", TwilioStandIn.ServiceSid), ("Body", "สวัสดี 👋")),
            request.Form());
        Assert.Equal(rig.StandIn.Messages[0].Sid, accepted.ProviderId);
        Assert.Equal("d/1 ä", rig.StandIn.Messages[0].Key);
    }

    [Fact]
    public async Task WhatsApp_addresses_carry_their_prefix_and_a_template_gets_the_text_as_its_variable()
    {
        await using var rig = await TwilioRig.StartAsync(settings =>
            (settings.Channel, settings.MessagingServiceSid, settings.From, settings.ContentSid) =
                (TwilioChannel.WhatsApp, null, "+14155550100", "HX0123456789abcdef0123456789abcdef"));

        Assert.IsType<SendAccepted>(await rig.SendAsync("d-1", "How \"was\"\n it?"));

        Assert.Equal(
            TwilioCaller.Fields(
                ("To", "whatsapp:+66812345678"), ("StatusCallback", "https://cx.example.com/hooks/sms?key=d-1"), ("From", "whatsapp:+14155550100"),
                ("ContentSid", "HX0123456789abcdef0123456789abcdef"), ("ContentVariables", """{"1":"How \"was\" it?"}""")),
            rig.StandIn.Server.Requests[0].Form());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://localhost:5000/hooks/sms")]
    [InlineData("https://my_shop.example.com/hooks/sms")]
    public async Task An_address_that_Twilio_can_not_call_is_not_given_to_it(string? webhook)
    {
        await using var rig = await TwilioRig.StartAsync(webhook: webhook);

        await rig.SendAsync("d-1");

        Assert.DoesNotContain(rig.StandIn.Server.Requests[0].Form(), field => field.Key == "StatusCallback");
    }

    [Theory]
    [InlineData(400, 21211, true)]
    [InlineData(400, 21614, true)]
    [InlineData(400, 21610, true)]
    [InlineData(400, 21635, true)]
    [InlineData(400, 21408, false)]
    [InlineData(400, 21612, false)]
    [InlineData(400, 99999, false)]
    public async Task What_Twilio_refuses_for_good_is_rejected_with_its_code(int status, int code, bool addressInvalid)
    {
        var rejected = Assert.IsType<SendRejected>(await AnsweredAsync(HttpFault.Status(status, body: $$"""{"code":{{code}},"message":"+66812345678 is bad"}""")));

        Assert.Equal((code.ToString(null, null), addressInvalid), (rejected.Code, rejected.AddressInvalid));
        // Twilio's own words may name the person.
        Assert.DoesNotContain("+66812345678", rejected.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, 20003)]
    [InlineData(403, 20003)]
    [InlineData(404, 20404)]
    [InlineData(400, 21606)]
    [InlineData(400, 21609)]
    [InlineData(400, 21712)]
    [InlineData(400, 20429)]
    [InlineData(429, 20429)]
    [InlineData(429, 63016)]
    public async Task What_is_no_messages_fault_is_deferred(int status, int code) =>
        Assert.IsType<SendDeferred>(await AnsweredAsync(HttpFault.Status(status, body: $$"""{"code":{{code}}}""")));

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_fault_of_Twilios_leaves_the_outcome_unknown_whatever_code_it_carries(int status) =>
        Assert.IsType<SendUnknown>(await AnsweredAsync(HttpFault.Status(status, body: """{"code":21211}""")));

    [Fact]
    public async Task A_page_that_is_not_Twilios_is_no_acceptance() => Assert.IsType<SendUnknown>(await AnsweredAsync(HttpFault.HtmlPage));

    [Fact]
    public async Task A_message_that_is_created_as_failed_is_rejected()
    {
        var answer = ScriptedReply.JsonText($$"""{"sid":"SM0123456789abcdef0123456789abcdef","status":"failed","error_code":30005}""", 201);

        var rejected = Assert.IsType<SendRejected>(await AnsweredAsync(HttpFault.Answer(answer)));

        Assert.Equal(("30005", true), (rejected.Code, rejected.AddressInvalid));
    }

    [Fact]
    public async Task A_text_that_Twilio_would_refuse_is_not_handed_over()
    {
        await using var rig = await TwilioRig.StartAsync();

        Assert.Equal("21617", Assert.IsType<SendRejected>(await rig.SendAsync("d-1", new string('a', 1601))).Code);
        Assert.Equal("21602", Assert.IsType<SendRejected>(await rig.SendAsync("d-2", " ")).Code);
        Assert.Equal("21211", Assert.IsType<SendRejected>(await rig.SendAsync("d-3", to: "0812345678")).Code);
        Assert.Empty(rig.StandIn.Server.Requests);
    }

    [Fact]
    public async Task The_probe_tells_a_wrong_token_from_a_suspended_account_and_from_a_bad_key()
    {
        await using var rig = await TwilioRig.StartAsync();
        Assert.True((await rig.Probe.ProbeAsync(default)).Healthy);
        rig.StandIn.AccountStatus = "suspended";
        Assert.Contains("suspended", (await rig.Probe.ProbeAsync(default)).Text, StringComparison.Ordinal);

        await using var badToken = await TwilioRig.StartAsync(settings => settings.AuthToken = new Secret("wrong"));
        Assert.Contains("AuthToken", (await badToken.Probe.ProbeAsync(default)).WhatToDo, StringComparison.Ordinal);
        await using var badKey = await TwilioRig.StartAsync(settings => settings.KeySecret = new Secret("wrong"));
        Assert.Contains("KeySecret", (await badKey.Probe.ProbeAsync(default)).WhatToDo, StringComparison.Ordinal);
    }

    private static async Task<SendResult> AnsweredAsync(HttpFault fault)
    {
        await using var rig = await TwilioRig.StartAsync();
        rig.StandIn.Server.Fault = fault;
        var result = await rig.SendAsync("d-1");
        Assert.Single(rig.StandIn.Server.Requests);
        return result;
    }
}

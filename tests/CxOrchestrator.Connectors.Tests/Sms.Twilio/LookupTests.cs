using CxOrchestrator.Plugins.SmsTwilio;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

public sealed class LookupTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_whose_answer_was_cut_off_is_found_by_its_words_whether_it_waits_or_was_sent(bool sent)
    {
        await using var rig = await TwilioRig.StartAsync();
        var at = await SendUnansweredAsync(rig, "d-1", HttpFault.CutAfterBody);
        if (sent)
            rig.StandIn.Move(rig.StandIn.Messages[0], "sent");

        var accepted = Assert.IsType<SendAccepted>(await rig.LookUpAsync("d-1", at));

        Assert.Equal(rig.StandIn.Messages[0].Sid, accepted.ProviderId);
    }

    [Fact]
    public async Task A_message_that_never_arrived_may_be_sent_again_once_the_list_must_have_caught_up()
    {
        await using var rig = await TwilioRig.StartAsync();
        var at = await SendUnansweredAsync(rig, "d-1", HttpFault.CutBeforeBody);

        rig.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.IsType<SendUnknown>(await rig.LookUpAsync("d-1", at));
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<SendDeferred>(await rig.LookUpAsync("d-1", at));
    }

    [Fact]
    public async Task A_connection_that_is_told_never_to_send_again_never_says_so()
    {
        await using var rig = await TwilioRig.StartAsync(settings => settings.NotTakenAfterMinutes = 0);
        var at = await SendUnansweredAsync(rig, "d-1", HttpFault.CutBeforeBody);
        rig.Clock.Advance(TimeSpan.FromDays(2));

        Assert.IsType<SendUnknown>(await rig.LookUpAsync("d-1", at));
    }

    [Fact]
    public async Task Two_messages_with_the_same_words_stay_unknown()
    {
        await using var rig = await TwilioRig.StartAsync();
        var at = await SendUnansweredAsync(rig, "d-1", HttpFault.CutAfterBody);
        await SendUnansweredAsync(rig, "d-2", HttpFault.CutAfterBody);

        Assert.IsType<SendUnknown>(await rig.LookUpAsync("d-1", at));
    }

    [Fact]
    public async Task A_message_that_is_known_to_be_anothers_is_not_taken_for_this_one()
    {
        await using var rig = await TwilioRig.StartAsync();
        var at = await SendUnansweredAsync(rig, "d-1", HttpFault.CutBeforeBody);
        Assert.IsType<SendAccepted>(await rig.SendAsync("d-2"));
        rig.Clock.Advance(TimeSpan.FromHours(1));

        Assert.IsType<SendDeferred>(await rig.LookUpAsync("d-1", at));
    }

    [Theory]
    [InlineData("How is it?")]
    [InlineData(null)]
    public async Task A_message_with_other_words_from_that_time_leaves_a_doubt(string? wordsNow)
    {
        await using var rig = await TwilioRig.StartAsync();
        var at = await SendUnansweredAsync(rig, "d-1", HttpFault.CutAfterBody);
        rig.Clock.Advance(TimeSpan.FromDays(1));

        Assert.IsType<SendUnknown>(await rig.LookUpAsync("d-1", at, wordsNow));
    }

    [Fact]
    public async Task Answers_and_other_days_are_not_our_message()
    {
        await using var rig = await TwilioRig.StartAsync();
        rig.StandIn.Put(new StoredMessage { To = "+66812345678", Service = TwilioStandIn.ServiceSid, Body = "How was it?" });
        rig.Clock.Advance(TimeSpan.FromDays(1));
        var at = await SendUnansweredAsync(rig, "d-1", HttpFault.CutBeforeBody);
        rig.StandIn.Put(new StoredMessage { To = "+66812345678", Service = TwilioStandIn.ServiceSid, Body = "How was it?", IsInbound = true });
        rig.Clock.Advance(TimeSpan.FromHours(1));

        Assert.IsType<SendDeferred>(await rig.LookUpAsync("d-1", at));
    }

    [Fact]
    public async Task A_message_of_another_sender_leaves_a_doubt_because_the_sender_may_have_been_changed()
    {
        await using var rig = await TwilioRig.StartAsync();
        var at = await SendUnansweredAsync(rig, "d-1", HttpFault.CutBeforeBody);
        rig.StandIn.Put(new StoredMessage { To = "+66812345678", From = "+14155550199", Body = "How was it?" });
        rig.Clock.Advance(TimeSpan.FromHours(1));

        Assert.IsType<SendUnknown>(await rig.LookUpAsync("d-1", at));
    }

    [Fact]
    public async Task A_message_that_failed_meanwhile_is_rejected_with_its_code()
    {
        await using var rig = await TwilioRig.StartAsync();
        var at = await SendUnansweredAsync(rig, "d-1", HttpFault.CutInAnswer);
        rig.StandIn.Move(rig.StandIn.Messages[0], "undelivered", 30006);

        Assert.Equal("30006", Assert.IsType<SendRejected>(await rig.LookUpAsync("d-1", at)).Code);
    }

    [Fact]
    public async Task All_pages_are_looked_through_on_the_same_host()
    {
        await using var rig = await TwilioRig.StartAsync();
        var at = await SendUnansweredAsync(rig, "d-1", HttpFault.CutAfterBody);
        rig.Clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 450; i++)
            rig.StandIn.Put(new StoredMessage { To = "+66812345678", Service = TwilioStandIn.ServiceSid, Body = $"{i}" });
        rig.StandIn.Server.Forget();

        Assert.IsType<SendAccepted>(await rig.LookUpAsync("d-1", at));

        // One with a date, where nothing was sent yet; three without.
        Assert.Equal([null, null, "1", "2"], rig.StandIn.Server.Requests.Select(request => request.Parameter("Page")));
        Assert.Equal(["2026-03-01T12:00:00Z", null, null, null], rig.StandIn.Server.Requests.Select(request => request.Parameter("DateSent>")));
        Assert.All(rig.StandIn.Server.Requests, request => Assert.Equal("+66812345678", request.Parameter("To")));
    }

    [Theory]
    [InlineData("https://evil.example.com/2010-04-01/Accounts/x/Messages.json?Page=1")]
    [InlineData("//evil.example.com/2010-04-01/Accounts/x/Messages.json?Page=1")]
    public async Task A_next_page_elsewhere_is_not_followed_and_nothing_is_concluded(string next)
    {
        await using var rig = await TwilioRig.StartAsync();
        rig.StandIn.Server.Fault = HttpFault.Answer(ScriptedReply.JsonText($$"""{"messages":[],"next_page_uri":"{{next}}"}"""));

        var unknown = Assert.IsType<SendUnknown>(await rig.LookUpAsync("d-1", rig.Clock.GetUtcNow() - TimeSpan.FromDays(1)));

        Assert.Contains("another host", unknown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_next_page_is_asked_for_below_the_base_address_of_a_gateway()
    {
        await using var gateway = await ScriptedHttpServer.StartAsync(request => ScriptedReply.JsonText(
            request.Parameter("Page") is null ? """{"messages":[],"next_page_uri":"/2010-04-01/Accounts/x/Messages.json?Page=1"}""" : """{"messages":[]}"""));
        await using var rig = await TwilioRig.StartAsync(settings => settings.BaseUrl = new Uri(gateway.Url, "twilio"));

        Assert.IsType<SendDeferred>(await rig.LookUpAsync("d-1", rig.Clock.GetUtcNow() - TimeSpan.FromDays(1)));

        Assert.Equal(4, gateway.Requests.Count);
        Assert.All(gateway.Requests, request => Assert.StartsWith("/twilio/2010-04-01/Accounts/", request.Path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"messages":[{}]}""")]
    [InlineData("""{"messages":[7]}""")]
    [InlineData("""{"messages":{}}""")]
    [InlineData("""{}""")]
    [InlineData("[]")]
    public async Task A_list_that_makes_no_sense_says_nothing_about_the_message(string list)
    {
        await using var rig = await TwilioRig.StartAsync();
        rig.StandIn.Server.Fault = HttpFault.Answer(ScriptedReply.JsonText(list));

        Assert.IsType<SendUnknown>(await rig.LookUpAsync("d-1", rig.Clock.GetUtcNow() - TimeSpan.FromDays(1)));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(401)]
    public async Task A_list_that_can_not_be_had_says_nothing_about_the_message(int status)
    {
        await using var rig = await TwilioRig.StartAsync();
        rig.StandIn.Server.Fault = HttpFault.Status(status);

        Assert.IsType<SendUnknown>(await rig.LookUpAsync("d-1", rig.Clock.GetUtcNow() - TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task A_template_is_found_by_the_text_within_it()
    {
        await using var rig = await TwilioRig.StartAsync(settings =>
            (settings.Channel, settings.ContentSid) = (TwilioChannel.WhatsApp, "HX0123456789abcdef0123456789abcdef"));
        var at = await SendUnansweredAsync(rig, "d-1", HttpFault.CutAfterBody);

        Assert.IsType<SendAccepted>(await rig.LookUpAsync("d-1", at));
    }

    private static async Task<DateTimeOffset> SendUnansweredAsync(TwilioRig rig, string key, HttpFault fault)
    {
        var at = rig.Clock.GetUtcNow();
        rig.StandIn.Server.Fault = fault.For(1);
        Assert.IsType<SendUnknown>(await rig.SendAsync(key));
        return at;
    }
}

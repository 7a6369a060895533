using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

public sealed class PollTests
{
    [Fact]
    public async Task Price_and_segments_are_told_as_numbers_and_with_the_key_where_it_is_known()
    {
        await using var rig = await TwilioRig.StartAsync();
        await rig.SendAsync("d-1");
        rig.StandIn.Move(rig.StandIn.Messages[0], "delivered", price: "-0.00750");
        rig.Clock.Advance(TimeSpan.FromHours(1));

        var told = Assert.Single((await rig.Poller.PollAsync(null, default)).Items);

        Assert.Equal(("message.delivered", "d-1", "+66812345678"), (told.Type, told.DeliveryKey, told.Address));
        Assert.Equal(
            (0.0075m, 2, "USD"),
            (told.Data.GetProperty("price").GetDecimal(), told.Data.GetProperty("segments").GetInt32(), told.Data.GetProperty("currency").GetString()));
        Assert.EndsWith("/delivered/billed", told.Id, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), told.Time);
    }

    [Fact]
    public async Task A_callback_that_got_lost_is_told_with_the_same_id_and_an_answer_too()
    {
        await using var rig = await TwilioRig.StartAsync();
        await rig.SendAsync("d-1");
        var message = rig.StandIn.Messages[0];
        rig.StandIn.Move(message, "undelivered", 30005);
        var stop = rig.StandIn.Put(new StoredMessage
        {
            To = "+14155550100", From = "+66812345678", Service = TwilioStandIn.ServiceSid, Body = "STOP", IsInbound = true, Status = "received",
            Sent = rig.Clock.GetUtcNow(),
        });
        var calledBack = await rig.ReceiveAsync(TwilioCaller.Callback(message));
        var answered = await rig.ReceiveAsync(TwilioCaller.Answer("STOP", sid: stop.Sid));
        rig.Clock.Advance(TimeSpan.FromHours(1));

        var polled = await rig.Poller.PollAsync(null, default);

        Assert.Equal(calledBack.Events.Concat(answered.Events).Select(told => (told.Id, told.Type, told.Address)), polled.Items.Select(told => (told.Id, told.Type, told.Address)));
    }

    [Fact]
    public async Task Whoever_else_uses_the_account_is_not_told_of()
    {
        await using var rig = await TwilioRig.StartAsync();
        rig.StandIn.Move(rig.StandIn.Put(new StoredMessage { To = "+66812345678", From = "+14155550199", Body = "Your code is 7" }), "delivered");
        rig.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Empty((await rig.Poller.PollAsync(null, default)).Items);
    }

    [Fact]
    public async Task Twilio_is_not_asked_more_often_than_the_setting_says()
    {
        await using var rig = await TwilioRig.StartAsync();
        rig.Clock.Advance(TimeSpan.FromHours(1));
        for (var minute = 0; minute < 180; minute++)
        {
            Assert.Empty((await rig.Poller.PollAsync(null, default)).Items);
            rig.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(3, rig.StandIn.Server.Requests.Count);
        await using var never = await TwilioRig.StartAsync(settings => settings.PollEveryMinutes = 0);
        Assert.Empty((await never.Poller.PollAsync(null, default)).Items);
        Assert.Empty(never.StandIn.Server.Requests);
    }

    [Fact]
    public async Task A_look_of_many_pages_tells_each_message_once_though_it_is_broken_off_between_them()
    {
        await using var rig = await TwilioRig.StartAsync();
        for (var i = 0; i < 2300; i++)
        {
            var message = new StoredMessage { To = "+66812345678", Service = TwilioStandIn.ServiceSid };
            rig.StandIn.Move(rig.StandIn.Put(message), "delivered", price: "-0.01");
        }

        rig.Clock.Advance(TimeSpan.FromHours(1));
        var ids = new List<string>();
        string? cursor = null;
        for (var page = 0; page < 3; page++)
        {
            var first = await rig.Poller.PollAsync(cursor, default);
            var again = await rig.Poller.PollAsync(cursor, default);
            Assert.Equal(first.Items.Select(told => told.Id), again.Items.Select(told => told.Id));
            ids.AddRange(first.Items.Select(told => told.Id));
            cursor = first.NextCursor;
        }

        Assert.Equal(2300, ids.Distinct().Count());
        Assert.Equal(2300, ids.Count);
        Assert.Equal("2026-03-02T12:50:00Z", cursor);
        Assert.Empty((await rig.Poller.PollAsync(cursor, default)).Items);
    }

    [Fact]
    public async Task A_page_that_Twilio_no_longer_knows_begins_the_look_anew()
    {
        await using var rig = await TwilioRig.StartAsync();
        for (var i = 0; i < 1001; i++)
            rig.StandIn.Move(rig.StandIn.Put(new StoredMessage { To = "+66812345678", Service = TwilioStandIn.ServiceSid }), "delivered");
        rig.Clock.Advance(TimeSpan.FromHours(1));
        var first = await rig.Poller.PollAsync(null, default);
        rig.StandIn.Server.Fault = HttpFault.Status(400).For(1);

        var again = await rig.Poller.PollAsync(first.NextCursor, default);

        Assert.Equal(first.Items.Select(told => told.Id), again.Items.Select(told => told.Id));
        Assert.NotNull(again.NextCursor);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    public async Task An_outage_is_an_exception_that_the_host_retries(int status)
    {
        await using var rig = await TwilioRig.StartAsync();
        rig.StandIn.Server.Fault = HttpFault.Status(status, TimeSpan.FromSeconds(7));

        var outage = await Assert.ThrowsAsync<CxOrchestrator.Sdk.Http.ServiceException>(() => rig.Poller.PollAsync(null, default));

        Assert.Equal((status, TimeSpan.FromSeconds(7)), (outage.Status, outage.RetryAfter));
    }

    [Fact]
    public async Task A_host_that_was_down_for_long_asks_for_a_month_at_most()
    {
        await using var rig = await TwilioRig.StartAsync();

        await rig.Poller.PollAsync("2025-01-01T00:00:00Z", default);
        await rig.Poller.PollAsync("not a cursor of ours", default);

        Assert.Equal(["2026-01-31T12:00:00Z", "2026-02-26T12:00:00Z"], rig.StandIn.Server.Requests.Select(request => request.Parameter("DateSent>")));
    }

    [Theory]
    [InlineData("Fri, 24 May 2019 17:44:46 +0000")]
    [InlineData("Fri, 24 May 2019 17:44:46 GMT")]
    [InlineData("Fri, 24 May 2019 19:44:46 +0200")]
    public void Dates_are_read_as_RFC_2822_writes_them(string date) =>
        Assert.Equal(new DateTimeOffset(2019, 5, 24, 17, 44, 46, TimeSpan.Zero), CxOrchestrator.Plugins.SmsTwilio.Api.TwilioMessage.Date(date));
}

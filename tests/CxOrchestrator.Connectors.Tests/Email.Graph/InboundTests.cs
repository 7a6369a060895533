using System.Globalization;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>What comes into the mailbox becomes facts, each once.</summary>
public sealed class InboundTests
{
    [Fact]
    public async Task A_reply_is_told_with_its_words_its_writer_and_the_delivery()
    {
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.Receive(SampleMail.Reply("d-1", "มันมาช้า, سلام, 太慢了"));

        var told = Assert.Single((await rig.PollAsync()).Items);
        Assert.Equal((ServiceFacts.MessageReplied, "anna@example.com", "d-1", rig.Clock.GetUtcNow()), (told.Type, told.Address, told.DeliveryKey, told.Time));
        Assert.Equal(("มันมาช้า, سلام, 太慢了", "email"), (told.Data.GetProperty("text").GetString(), told.Data.GetProperty("channel").GetString()));
    }

    [Theory]
    [InlineData("5.1.10", true)]
    [InlineData("5.2.2", false)]
    [InlineData("5.7.233", false)]
    public async Task A_report_of_non_delivery_is_told_with_its_code_and_whether_the_address_is_bad(string code, bool bad)
    {
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.Receive(SampleMail.Ndr("d-1", code));

        var told = Assert.Single((await rig.PollAsync()).Items);
        Assert.Equal((ServiceFacts.MessageFailed, "anna@example.com", "d-1"), (told.Type, told.Address, told.DeliveryKey));
        Assert.Equal((code, bad), (told.Data.GetProperty("code").GetString(), told.Data.GetProperty("addressInvalid").GetBoolean()));
    }

    [Fact]
    public async Task Absence_notes_newsletters_and_copies_of_our_own_tell_nothing_and_are_read_once()
    {
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.Receive(SampleMail.Absence("d-1"));
        rig.StandIn.Receive(SampleMail.Other(1));
        rig.StandIn.Receive(SampleMail.Reply("d-1").Replace("MIME-Version", "X-Cxo-Delivery: d-1\nMIME-Version", StringComparison.Ordinal));

        var page = await rig.PollAsync();
        Assert.Empty(page.Items);
        Assert.NotNull(page.NextCursor);
        rig.StandIn.Server.Forget();
        Assert.Equal((0, null), ((await rig.PollAsync(page.NextCursor)).Items.Count, (await rig.PollAsync(page.NextCursor)).NextCursor));
        Assert.DoesNotContain(rig.StandIn.Server.Requests, request => request.Path.EndsWith("$value", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_poll_reads_the_days_of_the_settings_and_what_comes_between_two_quiet_polls_is_not_lost()
    {
        await using var rig = await GraphRig.StartAsync(settings => settings.LookBackDays = 2);
        rig.StandIn.Receive(SampleMail.Reply("old", id: "old@x"), at: rig.Clock.GetUtcNow().AddDays(-3));
        Assert.Equal((0, null), ((await rig.PollAsync()).Items.Count, (await rig.PollAsync()).NextCursor));

        rig.StandIn.Receive(SampleMail.Reply("new", id: "new@x"));
        rig.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("new", Assert.Single((await rig.PollAsync()).Items).DeliveryKey);
    }

    [Fact]
    public async Task Many_messages_come_page_by_page_each_once_and_links_are_followed_as_they_are()
    {
        await using var rig = await GraphRig.StartAsync();
        for (var i = 0; i < 110; i++)
            rig.StandIn.Receive(i % 2 == 0 ? SampleMail.Reply($"d-{i}", id: $"r-{i}@x") : SampleMail.Other(i));

        var (told, cursor) = await rig.PollAllAsync();
        Assert.Equal(55, told.Select(one => one.DeliveryKey).Distinct().Count());
        Assert.Equal(55, told.Select(one => one.Id).Distinct().Count());
        Assert.Equal(1, rig.StandIn.Delta.Beginnings);

        rig.StandIn.Receive(SampleMail.Reply("late", id: "late@x"));
        Assert.Equal("late", Assert.Single((await rig.PollAllAsync(cursor)).Told).DeliveryKey);
        Assert.All(rig.StandIn.Server.Requests.Where(request => request.Path.EndsWith("delta()", StringComparison.Ordinal)), request =>
            Assert.Contains("odata.maxpagesize=25", request.Header("Prefer"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(410, "SyncStateNotFound")]
    [InlineData(410, "")]
    [InlineData(400, "SyncStateInvalid")]
    public async Task A_forgotten_link_begins_anew_from_the_newest_message_and_tells_the_same_facts_by_the_same_ids(int status, string code)
    {
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.Receive(SampleMail.Reply("d-1", id: "1@x"), at: rig.Clock.GetUtcNow().AddHours(-20));
        rig.StandIn.Receive(SampleMail.Reply("d-2", id: "2@x"));
        var (told, cursor) = await rig.PollAllAsync();
        rig.StandIn.Delta.Forgotten = (status, code);
        rig.StandIn.Delta.Forget();
        rig.StandIn.Receive(SampleMail.Reply("d-3", id: "3@x"));

        var (again, next) = await rig.PollAllAsync(cursor);
        Assert.Equal(["d-2", "d-3"], again.Select(one => one.DeliveryKey));
        Assert.Equal(told.Single(one => one.DeliveryKey == "d-2").Id, again[0].Id);
        Assert.Equal(3, told.Concat(again).Select(one => one.Id).Distinct().Count());
        Assert.Empty((await rig.PollAllAsync(next)).Told);
        Assert.Equal(2, rig.StandIn.Delta.Beginnings);
    }

    [Fact]
    public async Task A_link_to_another_host_is_not_followed_and_the_token_stays_at_home()
    {
        await using var rig = await GraphRig.StartAsync();
        await using var elsewhere = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.JsonText("""{"value":[],"@odata.deltaLink":"x"}"""));
        rig.StandIn.Receive(SampleMail.Reply("d-1"));
        rig.StandIn.Delta.LinksLeadTo = new Uri(elsewhere.Url, "v1.0/users/x/mailFolders/inbox/messages/delta?$deltatoken=1").AbsoluteUri;
        var page = await rig.PollAsync();

        await Assert.ThrowsAsync<ServiceException>(() => rig.PollAsync(page.NextCursor));
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var rig = await GraphRig.StartAsync();
        await using var elsewhere = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Empty());
        await using var leads = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.Empty(302).With("Location", elsewhere.Url.AbsoluteUri));
        await using var connector = GraphRig.Connect(
            new ConnectionContext("mail", "/nowhere", rig.Clock, rig.Log), GraphRig.SettingsFor(leads.Url), new FakeCredential(), rig.Clock);

        await Assert.ThrowsAsync<ServiceException>(() => connector.PollAsync(null, default));
        Assert.False((await connector.ProbeAsync(default)).Healthy);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_message_that_is_gone_damaged_or_told_as_removed_doesnt_keep_the_others_from_being_read()
    {
        await using var rig = await GraphRig.StartAsync();
        var gone = rig.StandIn.Receive(SampleMail.Reply("gone", id: "gone@x"));
        rig.StandIn.Receive(SampleMail.Reply("damaged", id: "damaged@x")).Fault = (500, "ErrorContentConversionFailed");
        rig.StandIn.Receive(SampleMail.Reply("refused", id: "refused@x")).Fault = (400, "ErrorItemCorrupt");
        rig.StandIn.Receive(SampleMail.Reply("vanished", id: "vanished@x")).Fault = (404, "ErrorItemNotFound");
        rig.StandIn.Receive(SampleMail.Reply("good", id: "good@x"));
        rig.StandIn.Delete(gone);
        rig.StandIn.Delta.Left(gone);

        Assert.Equal("good", Assert.Single((await rig.PollAllAsync()).Told).DeliveryKey);
        Assert.Equal(2, rig.Log.Entries.Count(entry => entry.Text.Contains("passed over", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_message_that_can_not_be_had_now_is_read_again_with_its_page()
    {
        await using var rig = await GraphRig.StartAsync();
        var mail = rig.StandIn.Receive(SampleMail.Reply("d-1"));
        mail.Fault = (503, "ServiceUnavailable");
        Assert.Equal(503, (await Assert.ThrowsAsync<ServiceException>(() => rig.PollAsync())).Status);

        mail.Fault = null;
        Assert.Single((await rig.PollAsync()).Items);
    }

    [Fact]
    public async Task A_reply_that_is_too_long_is_told_from_its_headers_and_words()
    {
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.Receive(SampleMail.Reply("d-1", "short\n-- \n" + new string('x', 25 * 1024 * 1024)));
        rig.StandIn.Server.Fault = HttpFault.Status(200, body: """
            {"id":"AAMkAD-1=","body":{"contentType":"text","content":"It came late."},"internetMessageHeaders":[
             {"name":"From","value":"Anna <anna@example.com>"},{"name":"In-Reply-To","value":"<d-1@shop.example>"},{"name":"Content-Type","value":"multipart/mixed; boundary=x"}]}
            """).Where(request => request.Target.Contains("internetMessageHeaders", StringComparison.Ordinal));

        var told = Assert.Single((await rig.PollAsync()).Items);
        Assert.Equal(("d-1", "anna@example.com", "It came late."), (told.DeliveryKey, told.Address, told.Data.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_link_is_renewed_in_a_mailbox_to_which_nothing_comes()
    {
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.Receive(SampleMail.Reply("d-1"));
        var (_, cursor) = await rig.PollAllAsync();
        Assert.Null((await rig.PollAsync(cursor)).NextCursor);

        rig.Clock.Advance(TimeSpan.FromHours(7));
        var page = await rig.PollAsync(cursor);
        Assert.Empty(page.Items);
        Assert.NotNull(page.NextCursor);
        Assert.NotEqual(cursor, page.NextCursor);
        Assert.Null((await rig.PollAsync(page.NextCursor)).NextCursor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not ours")]
    [InlineData("""{"Link":7}""")]
    public async Task A_cursor_that_is_none_of_ours_begins_anew(string cursor)
    {
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.Receive(SampleMail.Reply("d-1"));

        Assert.Single((await rig.PollAsync(cursor)).Items);
    }

    [Fact]
    public async Task A_cursor_of_another_folder_begins_anew_instead_of_reading_that_one_on()
    {
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.Receive(SampleMail.Reply("in-inbox"));
        var (_, cursor) = await rig.PollAllAsync();
        rig.StandIn.Receive(SampleMail.Reply("in-replies", id: "2@x"), "replies");
        rig.Settings.Folder = "replies";
        await using var moved = GraphRig.Connect(new ConnectionContext("mail", "/nowhere", rig.Clock, rig.Log), rig.Settings, new FakeCredential(), rig.Clock);

        Assert.Equal("in-replies", Assert.Single((await moved.PollAsync(cursor, default)).Items).DeliveryKey);
    }

    [Fact]
    public async Task Mail_to_the_unsubscribe_address_opts_out()
    {
        await using var rig = await GraphRig.StartAsync(settings => settings.UnsubscribeAddress = "care@shop.example");
        rig.StandIn.Receive(SampleMail.Other(1).Replace("News 1", "unsubscribe", StringComparison.Ordinal));

        var told = Assert.Single((await rig.PollAsync()).Items);
        Assert.Equal((ServiceFacts.ContactOptedOut, "news@example.com"), (told.Type, told.Address));
    }

    [Fact]
    public async Task An_answer_that_is_no_page_is_an_outage_and_not_an_empty_mailbox()
    {
        await using var rig = await GraphRig.StartAsync();
        foreach (var body in new[] { "{}", """{"value":[]}""", """{"value":{}}""", """{"value":null,"@odata.deltaLink":"x"}""", "[]", "null", "7", "" })
        {
            rig.StandIn.Server.Fault = HttpFault.Status(200, body: body);
            var failure = await Record.ExceptionAsync(() => rig.PollAsync());
            Assert.True(failure is ServiceException, string.Create(CultureInfo.InvariantCulture, $"{body}: {failure}"));
        }
    }
}

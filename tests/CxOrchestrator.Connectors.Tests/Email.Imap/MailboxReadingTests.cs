using CxOrchestrator.Plugins.EmailImap;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.Sdk.Mail;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Email.Imap;

public sealed class MailboxReadingTests
{
    [Fact]
    public async Task Pages_follow_one_another_and_tell_each_message_once()
    {
        await using var rig = new ImapRig(change: settings => settings.MessagesPerPoll = 10);
        for (var i = 0; i < 25; i++)
        {
            rig.Answer($"delivery-{i}");
        }

        var keys = new List<string>();
        string? cursor = null;
        while (await rig.PollAsync(cursor) is { NextCursor: { } next } page)
        {
            Assert.InRange(page.Items.Count, 1, 10);
            keys.AddRange(page.Items.Select(fact => fact.DeliveryKey!));
            cursor = next;
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"delivery-{i}"), keys);
    }

    [Fact]
    public async Task Messages_that_tell_nothing_are_passed_over_and_not_read_again()
    {
        await using var rig = new ImapRig(change: settings => settings.MessagesPerPoll = 2);
        for (var i = 0; i < 9; i++)
        {
            rig.Chatter();
        }

        rig.Answer();
        var page = await rig.PollAsync();
        Assert.Single(page.Items);
        Assert.Equal((0, null), ((await rig.PollAsync(page.NextCursor)).Items.Count, (await rig.PollAsync(page.NextCursor)).NextCursor));

        rig.Chatter();
        var quiet = await rig.PollAsync(page.NextCursor);
        Assert.Empty(quiet.Items);
        Assert.NotNull(quiet.NextCursor);
        Assert.Null((await rig.PollAsync(quiet.NextCursor)).NextCursor);
    }

    [Fact]
    public async Task Every_kind_of_message_becomes_its_fact()
    {
        await using var rig = new ImapRig();
        var bounces = new BounceAddresses("bounce+{token}@bounces.shop.example", new Secret("a long secret"));
        rig.Deliver(Report(bounces.For("failed-1"), "message/delivery-status", "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1"));
        rig.Deliver(Report(bounces.For("delayed-1"), "message/delivery-status", "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@example.com\nAction: delayed\nStatus: 4.4.1"));
        rig.Deliver(Report("fbl@shop.example", "message/feedback-report", "Feedback-Type: abuse\nOriginal-Mail-From: " + bounces.For("annoyed-1")));
        rig.Answer("answered-1");
        rig.Deliver("From: Anna <anna@example.com>\nTo: off@shop.example\nSubject: unsubscribe\nMessage-ID: <u@example.com>\n\n");
        rig.Deliver("From: Anna <anna@example.com>\nTo: care@shop.example\nAuto-Submitted: auto-replied\nIn-Reply-To: <answered-1@shop.example>\n\nI'm away.");

        Assert.Equal(
            [
                (ServiceFacts.MessageFailed, "failed-1"), (ServiceFacts.MessageDelayed, "delayed-1"), (ServiceFacts.ContactComplained, "annoyed-1"),
                (ServiceFacts.MessageReplied, "answered-1"), (ServiceFacts.ContactOptedOut, null),
            ],
            (await rig.PollAsync()).Items.Select(fact => (fact.Type, fact.DeliveryKey)));
    }

    [Fact]
    public async Task A_mailbox_that_is_numbered_anew_is_read_again_without_a_fact_that_is_new()
    {
        await using var rig = new ImapRig();
        rig.Answer("delivery-1");
        rig.Answer("delivery-2");
        var before = await rig.PollAsync();

        rig.Server.Renumber(firstUid: 100);
        rig.Answer("delivery-3");
        var after = await rig.PollAsync(before.NextCursor);

        Assert.Equal(before.Items.Select(fact => fact.Id), after.Items.Take(2).Select(fact => fact.Id));
        Assert.Equal("delivery-3", after.Items[2].DeliveryKey);
        Assert.Null((await rig.PollAsync(after.NextCursor)).NextCursor);
    }

    [Fact]
    public async Task A_mailbox_that_is_numbered_anew_from_lower_numbers_loses_nothing()
    {
        await using var rig = new ImapRig();
        rig.Server.Renumber(firstUid: 5000);
        rig.Answer("delivery-1");
        var before = await rig.PollAsync();

        rig.Server.Renumber(firstUid: 1);
        rig.Answer("delivery-2");

        Assert.Contains((await rig.PollAsync(before.NextCursor)).Items, fact => fact.DeliveryKey == "delivery-2");
    }

    [Fact]
    public async Task The_same_message_twice_in_the_mailbox_is_one_fact()
    {
        await using var rig = new ImapRig();
        rig.Answer(id: "same");
        rig.Answer(id: "same");
        var page = await rig.PollAsync();
        rig.Answer(id: "same");

        Assert.Equal(Assert.Single(page.Items).Id, Assert.Single((await rig.PollAsync(page.NextCursor)).Items).Id);
    }

    [Fact]
    public async Task Only_the_last_days_are_read_at_first_and_everything_after_that()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var rig = new ImapRig(change: settings => settings.LookBackDays = 3);
        rig.Answer("old", at: now.AddDays(-10));
        rig.Answer("young", at: now.AddDays(-1));
        var page = await rig.PollAsync();
        rig.Answer("late", at: now.AddDays(-20));

        Assert.Equal("young", Assert.Single(page.Items).DeliveryKey);
        Assert.Equal("late", Assert.Single((await rig.PollAsync(page.NextCursor)).Items).DeliveryKey);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1:2")]
    [InlineData("4711:x:")]
    public async Task A_cursor_that_is_none_reads_the_mailbox_anew(string cursor)
    {
        await using var rig = new ImapRig();
        rig.Answer();

        Assert.Single((await rig.PollAsync(cursor)).Items);
    }

    [Fact]
    public async Task Nothing_is_changed_unless_that_is_asked_for()
    {
        await using var rig = new ImapRig();
        rig.Answer();
        var page = await rig.PollAsync();
        await rig.PollAsync(page.NextCursor);

        Assert.Contains(rig.Server.Commands, command => command == "EXAMINE \"INBOX\"");
        Assert.DoesNotContain(rig.Server.Commands, command => command.StartsWith("SELECT", StringComparison.Ordinal) || command.Contains("STORE", StringComparison.Ordinal) || command.Contains("BODY[", StringComparison.Ordinal));
        Assert.False(rig.Server.Messages[0].Seen);
    }

    [Fact]
    public async Task What_told_something_is_marked_when_its_cursor_comes_back_and_not_before()
    {
        await using var rig = new ImapRig(change: settings => settings.AfterReading = AfterReading.MarkSeen);
        rig.Chatter();
        rig.Answer();
        var page = await rig.PollAsync();
        Assert.All(rig.Server.Messages, message => Assert.False(message.Seen));

        await rig.PollAsync(page.NextCursor);
        Assert.Equal([false, true], rig.Server.Messages.Select(message => message.Seen));
    }

    [Fact]
    public async Task What_told_something_is_moved_and_what_told_nothing_stays()
    {
        await using var rig = new ImapRig(change: settings =>
        {
            settings.AfterReading = AfterReading.Move;
            settings.MoveTo = "Antworten & ตอบ";
        });
        rig.Chatter();
        rig.Answer();
        var page = await rig.PollAsync();

        await rig.PollAsync(page.NextCursor);
        await rig.PollAsync(page.NextCursor);
        Assert.Equal([(2u, "Antworten &- &DhUOLQ4a-")], rig.Server.Moved);
        Assert.Equal(1u, Assert.Single(rig.Server.Messages).Uid);
    }

    [Fact]
    public async Task A_server_that_can_not_move_is_told_by_the_probe()
    {
        await using var rig = new ImapRig(new ImapServerOptions { Move = false }, settings =>
        {
            settings.AfterReading = AfterReading.Move;
            settings.MoveTo = "Done";
        });

        Assert.Contains("MarkSeen", (await rig.Connector.ProbeAsync(default)).WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_message_is_read_as_far_as_it_may()
    {
        await using var rig = new ImapRig(change: settings => settings.MaxMessageKilobytes = 16);
        rig.Answer(text: string.Concat(Enumerable.Repeat("A line that fills the mailbox.\n", 20_000)));

        Assert.Single((await rig.PollAsync()).Items);
        Assert.Contains(rig.Server.Commands, command => command.EndsWith("BODY.PEEK[]<0.16384>)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("* 1 FETCH (UID 1 BODY[]<0> {999999999999}\r\n")]
    [InlineData("* 1 FETCH (UID 1 (((((((((((((((((((((((((((((\r\n{tag} OK")]
    [InlineData("* 1 FETCH (UID 1 BODY[] \"no end\r\n{tag} OK")]
    [InlineData("* 1 FETCH (UID 1 BODY[] \uFFFF\r\n{tag} OK")]
    [InlineData("* {3}\r\nabc\r\n* (\r\n{tag} OK")]
    [InlineData("* BYE overloaded")]
    [InlineData("X9 OK another's")]
    [InlineData("{tag} NO [LIMIT] slow down")]
    public async Task An_answer_that_makes_no_sense_is_an_error_and_loses_nothing(string reply)
    {
        await using var rig = new ImapRig();
        rig.Answer();
        rig.Server.Misbehave(new ImapMisdeed("UID FETCH", reply));

        await Assert.ThrowsAsync<ServiceException>(() => rig.PollAsync());
        rig.Server.Misbehave(null);
        Assert.Single((await rig.PollAsync()).Items);
    }

    private static string Report(string to, string type, string fields) => $"""
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.com
        To: {to}
        Content-Type: multipart/report; boundary=b

        --b
        Content-Type: {type}

        {fields}

        --b--
        """;

    [Theory]
    [InlineData("UID FETCH")]
    [InlineData("UID SEARCH")]
    public async Task A_connection_that_is_lost_while_messages_come_is_an_error(string at)
    {
        await using var rig = new ImapRig();
        rig.Answer();
        rig.Server.Misbehave(new ImapMisdeed(at, null, Drops: true));

        await Assert.ThrowsAsync<ServiceException>(() => rig.PollAsync());
    }

    [Fact]
    public async Task A_mailbox_without_UIDVALIDITY_is_an_error()
    {
        await using var rig = new ImapRig();
        rig.Server.Misbehave(new ImapMisdeed("EXAMINE", "* 0 EXISTS\r\n{tag} OK done"));

        Assert.Contains("UIDVALIDITY", (await Assert.ThrowsAsync<ServiceException>(() => rig.PollAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_an_error_when_the_time_is_up()
    {
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await using var rig = new ImapRig(clock: clock);
        var silence = new ImapMisdeed("UID SEARCH", null);
        rig.Answer();
        rig.Server.Misbehave(silence);

        var polling = Assert.ThrowsAsync<ServiceException>(() => rig.PollAsync());
        await silence.Met;
        Assert.Contains("60 s", (await clock.UntilAsync(polling)).Message, StringComparison.Ordinal);
    }
}

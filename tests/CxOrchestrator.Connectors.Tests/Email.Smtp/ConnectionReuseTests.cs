using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Smtp;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

public sealed class ConnectionReuseTests
{
    [Fact]
    public async Task Messages_one_after_another_share_one_connection()
    {
        await using var rig = new SmtpRig();
        for (var i = 0; i < 20; i++)
        {
            Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        }

        Assert.Equal(1, rig.Server.Connections);
        Assert.Equal(20, rig.Server.Accepted.Count);
        Assert.Single(rig.Server.Commands, command => command.Line.StartsWith("EHLO", StringComparison.Ordinal));
        Assert.DoesNotContain(rig.Server.Commands, command => command.Line == "RSET");
    }

    [Fact]
    public async Task Messages_at_once_open_no_more_connections_than_are_allowed()
    {
        await using var rig = new SmtpRig(change: settings => settings.Connections = 3);

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => rig.SendAsync(AnEmail().Build())));

        Assert.All(results, result => Assert.IsType<SendAccepted>(result));
        Assert.Equal(60, rig.Server.Accepted.Count);
        Assert.InRange(rig.Server.Connections, 1, 3);
    }

    [Fact]
    public async Task A_connection_is_renewed_after_so_many_messages()
    {
        await using var rig = new SmtpRig(change: settings => settings.MessagesPerConnection = 5);
        for (var i = 0; i < 12; i++)
        {
            await rig.SendAsync(AnEmail().Build());
        }

        Assert.Equal(3, rig.Server.Connections);
        Assert.Equal([5, 5, 2], rig.Server.Accepted.GroupBy(mail => mail.Session).Select(group => group.Count()));
        Assert.Equal(2, rig.Server.Commands.Count(command => command.Line == "QUIT"));
    }

    [Fact]
    public async Task A_connection_that_nobody_used_for_a_while_is_closed_with_QUIT()
    {
        var clock = new ManualTimeProvider();
        await using var rig = new SmtpRig(change: settings => settings.IdleSeconds = 30, clock: clock);
        await rig.SendAsync(AnEmail().Build());

        clock.Advance(TimeSpan.FromSeconds(61));
        await rig.Server.ReachedAsync(SmtpStage.Quit);
        await rig.SendAsync(AnEmail().Build());

        Assert.Equal(2, rig.Server.Connections);
    }

    [Fact]
    public async Task A_connection_that_grew_old_since_the_last_sweep_is_not_used_again()
    {
        var clock = new ManualTimeProvider();
        await using var rig = new SmtpRig(change: settings => settings.IdleSeconds = 30, clock: clock);
        Assert.NotNull(rig.Connector);
        clock.Advance(TimeSpan.FromSeconds(10));
        await rig.SendAsync(AnEmail().Build());

        clock.Advance(TimeSpan.FromSeconds(35));
        await rig.SendAsync(AnEmail().Build());

        Assert.Equal(2, rig.Server.Connections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_kept_connection_that_the_server_drops_is_replaced_within_the_call(bool pipelining)
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Pipelining = pipelining });
        rig.Server.Drop(SmtpStage.Mail, times: 1, skip: 1);

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(2, rig.Server.Accepted.Count);
        Assert.Equal(2, rig.Server.Connections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_kept_connection_that_the_server_ends_with_421_is_replaced_within_the_call(bool pipelining)
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Pipelining = pipelining });
        rig.Server.ReplyAndDrop(SmtpStage.Mail, "421 4.4.2 Idle for too long", times: 1, skip: 1);

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(2, rig.Server.Connections);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_behind_the_last_message_is_not_used_again()
    {
        await using var rig = new SmtpRig();
        rig.Server.ReplyAndDrop(SmtpStage.FinalDot, "250 2.0.0 Ok");

        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        }

        Assert.Equal(5, rig.Server.Accepted.Count);
        Assert.Equal(5, rig.Server.Connections);
    }

    [Fact]
    public async Task A_kept_connection_is_replaced_once_and_not_again_and_again()
    {
        await using var rig = new SmtpRig();
        rig.Server.Drop(SmtpStage.Mail, skip: 1);

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(2, rig.Server.Connections);
    }

    [Fact]
    public async Task A_kept_connection_that_fails_after_an_answer_is_not_taken_for_a_stale_one()
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Pipelining = false });
        rig.Server.Drop(SmtpStage.Rcpt, times: 1, skip: 1);

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(1, rig.Server.Connections);
    }

    [Fact]
    public async Task Disposal_closes_the_kept_connections_with_QUIT()
    {
        await using var rig = new SmtpRig(change: settings => settings.Connections = 2);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.SendAsync(AnEmail().Build())));
        await rig.Connector.DisposeAsync();

        Assert.Equal(rig.Server.Connections, rig.Server.Commands.Count(command => command.Line == "QUIT"));
        Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
    }

    [Fact]
    public async Task Envelope_and_DATA_go_out_in_one_flight_where_the_server_offers_it()
    {
        // This server answers nothing before it has read DATA.
        await using var rig = new SmtpRig(new SmtpServerOptions { HoldRepliesUntilData = true }, settings => settings.CommandTimeoutSeconds = 10);

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        rig.Server.Reply(SmtpStage.Rcpt, "550 5.1.1 No such user", times: 1);
        Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Build()));
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(1, rig.Server.Connections);
    }

    [Fact]
    public async Task Every_command_waits_for_its_reply_where_the_server_does_not_offer_pipelining()
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Pipelining = false });
        await rig.SendAsync(AnEmail().Build());
        await rig.SendAsync(AnEmail().Build());

        Assert.Equal(["MAIL", "RCPT", "DATA"], rig.Server.Commands.Skip(1).Take(3).Select(command => command.Line[..4]));
        Assert.All(rig.Server.Commands, command => Assert.False(command.HadMoreBehind, command.Line));
    }
}

using System.Net;
using System.Net.Sockets;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Smtp;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

/// <summary>What is certainly not sent, and what nobody knows: before and after the final dot.</summary>
public sealed class FaultWindowTests
{
    [Fact]
    public async Task A_server_that_nobody_runs_defers()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        await using var rig = new SmtpRig(change: settings => settings.Port = port);

        var deferred = Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        Assert.Contains($"localhost:{port}", deferred.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_defers()
    {
        await using var rig = new SmtpRig(change: settings => settings.Host = "mail.invalid");

        Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
    }

    [Theory]
    [InlineData(SmtpStage.Connect, true)]
    [InlineData(SmtpStage.Ehlo, true)]
    [InlineData(SmtpStage.Mail, true)]
    [InlineData(SmtpStage.Mail, false)]
    [InlineData(SmtpStage.Rcpt, true)]
    [InlineData(SmtpStage.Rcpt, false)]
    [InlineData(SmtpStage.Data, true)]
    [InlineData(SmtpStage.Data, false)]
    public async Task A_connection_lost_before_the_message_defers_and_the_next_try_is_a_new_one(SmtpStage stage, bool pipelining)
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Pipelining = pipelining });
        rig.Server.Drop(stage, times: 1);

        Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Single(rig.Server.Mails);
        Assert.Equal(2, rig.Server.Connections);
    }

    [Fact]
    public async Task A_connection_lost_in_a_message_whose_end_was_not_written_defers()
    {
        await using var rig = new SmtpRig();
        rig.Server.Drop(SmtpStage.Body);

        // More than the sockets' buffers take, so that the end can't have been written when the server leaves.
        var result = await rig.SendAsync(AnEmail().Text(LongText(64)).Build());

        Assert.IsType<SendDeferred>(result);
        Assert.Empty(rig.Server.Mails);
    }

    [Fact]
    public async Task A_connection_lost_after_the_final_dot_is_unknown()
    {
        await using var rig = new SmtpRig();
        rig.Server.Drop(SmtpStage.FinalDot, times: 1);

        Assert.IsType<SendUnknown>(await rig.SendAsync(AnEmail().Build()));
        Assert.Single(rig.Server.Mails);
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(2, rig.Server.Connections);
    }

    [Fact]
    public async Task A_refusal_stands_although_the_server_leaves_before_it_answered_the_rest()
    {
        await using var rig = new SmtpRig();
        rig.Server.Reply(SmtpStage.Rcpt, "550 5.1.1 No such user").Drop(SmtpStage.Data);

        Assert.Equal("5.1.1", Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Build())).Code);
    }

    [Fact]
    public async Task A_server_that_wants_data_for_a_refused_recipient_gets_an_empty_message()
    {
        await using var rig = new SmtpRig();
        rig.Server.Reply(SmtpStage.Rcpt, "550 5.1.1 No such user", times: 1).Reply(SmtpStage.Data, "354 Go on", times: 1);

        Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Build()));
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(0, rig.Server.Mails[0].Data.Length);
        Assert.Equal(1, rig.Server.Connections);
    }

    [Fact]
    public async Task A_server_that_wants_data_from_a_refused_sender_is_left()
    {
        await using var rig = new SmtpRig();
        rig.Server.Reply(SmtpStage.Mail, "550 5.7.1 Not you", times: 1).Reply(SmtpStage.Data, "354 Go on", times: 1);

        Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Build()));
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Single(rig.Server.Mails);
        Assert.Equal(2, rig.Server.Connections);
    }

    [Theory]
    [InlineData(SmtpStage.Connect, 15)]
    [InlineData(SmtpStage.Ehlo, 15)]
    [InlineData(SmtpStage.Mail, 60)]
    [InlineData(SmtpStage.Data, 60)]
    public async Task Silence_before_the_message_defers_when_the_time_is_up(SmtpStage stage, int seconds)
    {
        var clock = new ManualTimeProvider();
        await using var rig = new SmtpRig(clock: clock);
        rig.Server.Hang(stage);

        var sending = rig.SendAsync(AnEmail().Build());
        await rig.Server.ReachedAsync(stage);
        clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.False(sending.IsCompleted);
        var result = await clock.UntilAsync(sending);

        Assert.Contains($"{seconds} s", Assert.IsType<SendDeferred>(result).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_after_the_final_dot_is_unknown_when_the_time_is_up()
    {
        var clock = new ManualTimeProvider();
        await using var rig = new SmtpRig(clock: clock);
        rig.Server.Hang(SmtpStage.FinalDot);

        var sending = rig.SendAsync(AnEmail().Build());
        await rig.Server.ReachedAsync(SmtpStage.FinalDot);
        var result = await clock.UntilAsync(sending);

        Assert.Contains("300 s", Assert.IsType<SendUnknown>(result).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpStage.Connect)]
    [InlineData(SmtpStage.Mail)]
    [InlineData(SmtpStage.Data)]
    public async Task A_call_cancelled_before_the_message_throws_and_sends_nothing(SmtpStage stage)
    {
        await using var rig = new SmtpRig();
        rig.Server.Hang(stage, times: 1);
        using var cancellation = new CancellationTokenSource();

        var sending = rig.SendAsync(AnEmail().Build(), cancellation.Token);
        await rig.Server.ReachedAsync(stage);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Empty(rig.Server.Mails);
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
    }

    [Fact]
    public async Task A_call_cancelled_after_the_final_dot_is_unknown()
    {
        await using var rig = new SmtpRig();
        rig.Server.Hang(SmtpStage.FinalDot);
        using var cancellation = new CancellationTokenSource();

        var sending = rig.SendAsync(AnEmail().Build(), cancellation.Token);
        await rig.Server.ReachedAsync(SmtpStage.FinalDot);
        await cancellation.CancelAsync();

        Assert.IsType<SendUnknown>(await sending);
    }

    private static string LongText(int megabytes) =>
        string.Concat(Enumerable.Repeat("A line of sixty-four bytes, which is what this one has, exactly.\n"[1..], megabytes * 16 * 1024));
}

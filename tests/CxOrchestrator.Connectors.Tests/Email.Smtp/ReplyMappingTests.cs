using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Smtp;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

public sealed class ReplyMappingTests
{
    public static TheoryData<SmtpStage, bool> Stages()
    {
        var data = new TheoryData<SmtpStage, bool>();
        foreach (var stage in new[] { SmtpStage.Mail, SmtpStage.Rcpt, SmtpStage.Data, SmtpStage.FinalDot })
        {
            data.Add(stage, true);
            data.Add(stage, false);
        }

        return data;
    }

    [Fact]
    public async Task An_accepted_message_tells_the_servers_queue_id()
    {
        await using var rig = new SmtpRig();
        rig.Server.Reply(SmtpStage.FinalDot, "250 2.0.0 Ok: queued as 4F2A1C0D");

        Assert.Equal(SendResult.Accepted("4F2A1C0D"), await rig.SendAsync(AnEmail().Build()));
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task A_4xx_defers_the_message_and_the_connection_lives_on(SmtpStage stage, bool pipelining)
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Pipelining = pipelining });
        rig.Server.Reply(stage, "451 4.3.0 Try later", times: 1);

        var deferred = Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        Assert.Contains("451 4.3.0 Try later", deferred.Text, StringComparison.Ordinal);
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Single(rig.Server.Accepted);
        Assert.Equal(1, rig.Server.Connections);
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task A_5xx_rejects_the_message_and_the_connection_lives_on(SmtpStage stage, bool pipelining)
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Pipelining = pipelining });
        rig.Server.Reply(stage, "550 5.7.1 Not from you", times: 1);

        var rejected = Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(("5.7.1", "550 5.7.1 Not from you", false), (rejected.Code, rejected.Text, rejected.AddressInvalid));
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Single(rig.Server.Accepted);
        Assert.Equal(1, rig.Server.Connections);
    }

    [Theory]
    [InlineData("550 5.1.1 No such user", "5.1.1", true)]
    [InlineData("550 5.1.2 No such domain", "5.1.2", true)]
    [InlineData("553 5.1.3 Bad syntax", "5.1.3", true)]
    [InlineData("550-5.1.10 Recipient has\n550 5.1.10 null MX", "5.1.10", true)]
    [InlineData("552 5.2.2 Mailbox full", "5.2.2", false)]
    [InlineData("550 5.7.233 Tenant limit", "5.7.233", false)]
    [InlineData("550 5.1.11 Not a code that we know", "5.1.11", false)]
    [InlineData("550 No such user", "550", false)]
    public async Task Only_some_codes_say_that_the_address_is_bad(string reply, string code, bool addressInvalid)
    {
        await using var rig = new SmtpRig();
        rig.Server.Reply(SmtpStage.Rcpt, reply);

        var rejected = Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal((code, addressInvalid), (rejected.Code, rejected.AddressInvalid));
    }

    [Fact]
    public async Task A_code_about_the_sender_says_nothing_about_the_recipients_address()
    {
        await using var rig = new SmtpRig();
        rig.Server.Reply(SmtpStage.Mail, "553 5.1.3 Bad sender");

        Assert.False(Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Build())).AddressInvalid);
    }

    [Theory]
    [InlineData("530 5.7.0 Authentication required")]
    [InlineData("530 5.7.0 Must issue a STARTTLS command first")]
    [InlineData("535 5.7.8 Expired")]
    public async Task A_server_that_wants_a_password_first_loses_no_message(string reply)
    {
        await using var rig = new SmtpRig();
        rig.Server.Reply(SmtpStage.Mail, reply);

        Assert.Contains("settings", Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build())).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpStage.Connect, "554 5.7.1 Go away")]
    [InlineData(SmtpStage.Connect, "421 4.3.2 Too busy")]
    [InlineData(SmtpStage.Ehlo, "550 5.7.1 I don't like your name")]
    public async Task A_server_that_refuses_the_connection_loses_no_message(SmtpStage stage, string reply)
    {
        await using var rig = new SmtpRig();
        rig.Server.Reply(stage, reply);

        Assert.Contains(reply, Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build())).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task A_421_defers_the_message_and_ends_that_connection(SmtpStage stage, bool pipelining)
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Pipelining = pipelining });
        rig.Server.ReplyAndDrop(stage, "421 4.3.2 Shutting down", times: 1);

        Assert.Contains("421 4.3.2", Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build())).Text, StringComparison.Ordinal);
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(2, rig.Server.Connections);
    }

    [Theory]
    [InlineData(SmtpStage.Mail)]
    [InlineData(SmtpStage.Rcpt)]
    [InlineData(SmtpStage.Data)]
    public async Task A_reply_that_makes_no_sense_before_the_message_defers_it(SmtpStage stage)
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Pipelining = false });
        rig.Server.Reply(stage, stage == SmtpStage.Data ? "250 Fine" : "354 Go on", times: 1);

        Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(2, rig.Server.Connections);
    }

    [Theory]
    [InlineData("354 Go on")]
    [InlineData("HTTP/1.1 200 OK")]
    public async Task A_reply_that_makes_no_sense_after_the_message_leaves_it_unknown(string reply)
    {
        await using var rig = new SmtpRig();
        rig.Server.Reply(SmtpStage.FinalDot, reply);

        Assert.IsType<SendUnknown>(await rig.SendAsync(AnEmail().Build()));
    }

    [Fact]
    public async Task A_message_over_the_servers_size_is_rejected_before_it_is_sent()
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Size = 2000 });

        var rejected = Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Text(new string('a', 3000)).Build()));
        Assert.Equal("5.3.4", rejected.Code);
        Assert.Empty(rig.Server.Mails);
        Assert.DoesNotContain(rig.Server.Commands, command => command.Line.StartsWith("MAIL", StringComparison.Ordinal));
    }
}

using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Smtp;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

/// <summary>Messages that wait for the one connection: the envelope of the next goes out behind the message before it.</summary>
public sealed class WrittenAheadTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_that_wait_go_over_one_connection_in_their_order(bool pipelining)
    {
        await using var rig = Rig(new SmtpServerOptions { Pipelining = pipelining });

        var results = await Task.WhenAll(Send(rig, 20));

        Assert.All(results, result => Assert.IsType<SendAccepted>(result));
        Assert.Equal(1, rig.Server.Connections);
        Assert.Equal(Enumerable.Range(0, 20).Select(Key), rig.Server.Mails.Select(mail => ReadMail.Of(mail.Data).Raw("X-Cxo-Delivery")));
    }

    [Fact]
    public async Task A_connection_that_is_lost_leaves_one_message_unknown_and_the_one_behind_it_goes_over_another()
    {
        await using var rig = Rig();
        rig.Server.Drop(SmtpStage.FinalDot, times: 1);

        var results = await Task.WhenAll(Send(rig, 3));

        Assert.IsType<SendUnknown>(results[0]);
        Assert.All(results[1..], result => Assert.IsType<SendAccepted>(result));
        Assert.Equal(3, rig.Server.Mails.Count);
        Assert.Equal(2, rig.Server.Connections);
    }

    [Theory]
    [InlineData(SmtpStage.FinalDot, 0, "554 5.7.1 Spam")]
    [InlineData(SmtpStage.Rcpt, 1, "550 5.1.1 No such user")]
    [InlineData(SmtpStage.Mail, 1, "550 5.7.1 Not you")]
    [InlineData(SmtpStage.Data, 1, "554 5.5.1 No")]
    public async Task A_refusal_is_taken_for_the_message_that_it_is_about(SmtpStage stage, int refused, string reply)
    {
        await using var rig = Rig();
        rig.Server.Reply(stage, reply, times: 1, skip: refused);

        var results = await Task.WhenAll(Send(rig, 4));

        Assert.IsType<SendRejected>(results[refused]);
        Assert.Equal(3, results.Count(result => result is SendAccepted));
        Assert.Equal(1, rig.Server.Connections);
    }

    [Fact]
    public async Task A_call_cancelled_when_its_envelope_is_written_sends_nothing_and_holds_up_nobody()
    {
        await using var rig = Rig();
        rig.Server.Hang(SmtpStage.FinalDot, times: 1);
        using var cancellation = new CancellationTokenSource();

        var first = rig.SendAsync(AnEmail().Key(Key(0)).Build());
        var second = rig.SendAsync(AnEmail().Key(Key(1)).Build(), cancellation.Token);
        var third = rig.SendAsync(AnEmail().Key(Key(2)).Build());
        await rig.Server.ReachedAsync(SmtpStage.FinalDot);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        rig.Server.Cut();

        Assert.IsType<SendUnknown>(await first);
        Assert.IsType<SendAccepted>(await third);
        Assert.DoesNotContain(rig.Server.Mails, mail => ReadMail.Of(mail.Data).Raw("X-Cxo-Delivery") == Key(1));
    }

    private static SmtpRig Rig(SmtpServerOptions? options = null) => new(options, settings => settings.Connections = 1);

    private static IEnumerable<Task<SendResult>> Send(SmtpRig rig, int count) =>
        Enumerable.Range(0, count).Select(number => rig.SendAsync(AnEmail().Key(Key(number)).Build())).ToList();

    private static string Key(int number) => $"key-{number}";
}

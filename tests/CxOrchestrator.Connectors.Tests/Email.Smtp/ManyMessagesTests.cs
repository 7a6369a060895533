using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Smtp;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

/// <summary>20,000 messages through a server that refuses, leaves and falls silent, sent again as the host would: where it was said that they weren't sent.</summary>
public sealed class ManyMessagesTests
{
    private const int Count = 20_000;
    private const int CutsInBody = 20;

    [Fact]
    public async Task None_of_20000_messages_is_sent_twice_and_unknown_are_exactly_those_whose_fate_nobody_can_know()
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Dsn = true, Size = 1_000_000 }, settings =>
        {
            settings.Connections = 16;
            settings.MessagesPerConnection = 500;
            settings.CommandTimeoutSeconds = 1;
            settings.DataTimeoutSeconds = 1;
        });
        Misbehave(rig.Server);

        var outcomes = new SendResult[Count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 48).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < Count;)
            {
                outcomes[i] = await SendUntilDecidedAsync(rig, i);
            }
        })));

        var read = rig.Server.Mails.ToLookup(mail => ReadMail.Of(mail.Data).Raw("X-Cxo-Delivery")!);
        var accepted = Keys<SendAccepted>(outcomes);
        var unknown = Keys<SendUnknown>(outcomes);
        var unanswered = read.Where(mails => mails.Any(mail => mail.Reply is null)).Select(mails => mails.Key).ToHashSet();

        Assert.Equal(Count, accepted.Count + unknown.Count + Keys<SendRejected>(outcomes).Count);
        Assert.All(accepted, key => Assert.Single(read[key], mail => mail.Reply?.StartsWith('2') == true));
        Assert.All(read, mails => Assert.InRange(mails.Count(mail => mail.Reply is null || mail.Reply.StartsWith('2')), 0, 1));
        Assert.Subset(unknown, unanswered);

        // The rest were cut off behind the end of what we wrote, but before the server came to it: that can't be told from here.
        Assert.Equal(CutsInBody, unknown.Except(unanswered).Count());
        Assert.DoesNotContain(unknown.Except(unanswered), key => read[key].Any(mail => mail.Reply?.StartsWith('2') == true));
        Assert.True(unanswered.Count > 30 && accepted.Count > Count * 9 / 10, $"{unanswered.Count} unanswered, {accepted.Count} accepted");
    }

    private static void Misbehave(ScriptedSmtpServer server)
    {
        server.Reply(SmtpStage.Rcpt, "550 5.1.1 No such user", every: 211);
        server.Reply(SmtpStage.Rcpt, "450 4.2.0 Try later", every: 53).Reply(SmtpStage.Mail, "451 4.3.0 Busy", every: 61);
        server.Reply(SmtpStage.Data, "452 4.3.1 No room", every: 307).Reply(SmtpStage.FinalDot, "451 4.3.0 Try later", every: 71);
        server.Reply(SmtpStage.FinalDot, "554 5.7.1 Spam", every: 401);
        server.ReplyAndDrop(SmtpStage.Mail, "421 4.3.2 Shutting down", every: 503).ReplyAndDrop(SmtpStage.FinalDot, "421 4.3.2 Shutting down", every: 607);
        server.ReplyAndDrop(SmtpStage.FinalDot, "250 2.0.0 Ok", every: 701);
        server.Drop(SmtpStage.Connect, every: 7).Drop(SmtpStage.Mail, every: 809).Drop(SmtpStage.Rcpt, every: 907).Drop(SmtpStage.Data, every: 1009);
        server.Drop(SmtpStage.Body, times: CutsInBody, every: 499).Drop(SmtpStage.FinalDot, every: 311);
        server.Hang(SmtpStage.Mail, times: 8, every: 1511).Hang(SmtpStage.FinalDot, times: 8, every: 1709);
    }

    private static async Task<SendResult> SendUntilDecidedAsync(SmtpRig rig, int number)
    {
        var message = AnEmail().Key($"many-{number}").To($"anna{number}@example.com").Build();
        SendResult result;
        do
        {
            result = await rig.SendAsync(message);
        }
        while (result is SendDeferred);

        return result;
    }

    private static HashSet<string> Keys<T>(SendResult[] outcomes) =>
        [.. outcomes.Index().Where(outcome => outcome.Item is T).Select(outcome => $"many-{outcome.Index}")];
}

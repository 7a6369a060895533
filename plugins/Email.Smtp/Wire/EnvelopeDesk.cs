using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>Puts a message into its envelope, or says why it can never be sent.</summary>
internal sealed class EnvelopeDesk(SmtpSettings settings, TimeProvider time)
{
    private readonly LetterDesk _letters = new(new LetterDefaults(new EmailAddress(settings.FromAddress, settings.FromName), settings.MessageIdDomain), time);

    private readonly BounceAddresses? _bounces =
        string.IsNullOrEmpty(settings.EnvelopeSender) ? null : new BounceAddresses(settings.EnvelopeSender, settings.BounceKey);

    /// <summary>Either an envelope or the rejection, never both.</summary>
    public (Envelope? Envelope, SendResult? Rejected) Check(EmailMessage message)
    {
        var (letter, rejected) = _letters.Check(message);
        if (letter is null)
        {
            return (null, rejected);
        }

        var bounces = _bounces?.For(message.Key);
        if (bounces is null)
        {
            return (Put(letter.From.Mailbox, letter), null);
        }

        return Mailbox.TryParse(bounces, out var sender, out var fault)
            ? (Put(sender, letter), null)
            : (null, SendResult.Rejected("5.1.7", $"The envelope sender '{bounces}' can't be used: {fault}."));
    }

    private Envelope Put(Mailbox sender, Letter letter) =>
        new(sender, letter) { Id = EnvelopeIds.For(letter.Message.Key), AsksForReports = settings.DeliveryReports };
}

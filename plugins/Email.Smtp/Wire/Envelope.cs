using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>A checked letter with the address that bounces go to.</summary>
/// <param name="Sender">MAIL FROM.</param>
/// <param name="Letter">What is sent; RCPT TO is its recipient.</param>
internal sealed record Envelope(Mailbox Sender, Letter Letter)
{
    /// <summary>RCPT TO.</summary>
    public Mailbox Recipient => Letter.To.Mailbox;

    /// <summary>ENVID; null where none is to be sent.</summary>
    public string? Id { get; init; }

    /// <summary>Asks for reports where the server offers them.</summary>
    public bool AsksForReports { get; init; }

    /// <summary>True where the server must offer SMTPUTF8.</summary>
    public bool NeedsUtf8 => Sender.NeedsUtf8 || Letter.NeedsUtf8;
}

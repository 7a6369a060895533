using System.Globalization;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>The commands of one envelope, in the words that the server offers.</summary>
internal sealed class EnvelopeText(Prepared letter, SmtpExtensions offers)
{
    /// <summary>The command that ends the envelope.</summary>
    public const string Data = "DATA\r\n";

    private readonly Envelope _envelope = letter.Envelope;

    private bool Reports => offers.Dsn && _envelope.AsksForReports;

    /// <summary>MAIL FROM.</summary>
    public string Mail => $"MAIL FROM:<{_envelope.Sender}>"
        + (offers.HasSize ? string.Create(CultureInfo.InvariantCulture, $" SIZE={letter.Size}") : "")
        + (offers.EightBitMime ? " BODY=8BITMIME" : "")
        + (Reports ? " RET=HDRS" : "")
        + (Reports && _envelope.Id is { } id ? $" ENVID={Xtext.Encode(id)}" : "")
        + (_envelope.NeedsUtf8 ? " SMTPUTF8" : "")
        + "\r\n";

    // Not SUCCESS: every server on the way that knows no reports would answer with one of "relayed".

    /// <summary>RCPT TO.</summary>
    public string Rcpt => $"RCPT TO:<{_envelope.Recipient}>"
        + (Reports ? " NOTIFY=FAILURE,DELAY" : "")
        + (Reports && !_envelope.Recipient.NeedsUtf8 ? $" ORCPT=rfc822;{Xtext.Encode(_envelope.Recipient.ToString())}" : "")
        + "\r\n";

    /// <summary>All of it.</summary>
    public override string ToString() => Mail + Rcpt + Data;
}

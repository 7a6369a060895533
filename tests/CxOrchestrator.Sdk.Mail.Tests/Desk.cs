using CxOrchestrator.TestKit;

namespace CxOrchestrator.Sdk.Mail.Tests;

/// <summary>A desk that keeps what it has written.</summary>
internal sealed class Desk(string? messageIdDomain = null)
{
    private readonly LetterDesk _desk = new(new LetterDefaults(new EmailAddress("care@shop.example", "Shop"), messageIdDomain), new ManualTimeProvider());
    private readonly List<ReadMail> _mails = [];

    /// <summary>What was written, read back.</summary>
    public IReadOnlyList<ReadMail> Mails => _mails;

    /// <summary>The bytes of the last one.</summary>
    public byte[] Last { get; private set; } = [];

    /// <summary>Writes a letter, which must be one.</summary>
    public ReadMail Write(EmailMessage message, bool eightBit = true)
    {
        var (letter, rejected) = _desk.Check(message);
        Assert.Null(rejected);
        Last = LetterWriter.Write(letter!, eightBit);
        _mails.Add(ReadMail.Of(Last));
        return _mails[^1];
    }

    /// <summary>The refusal of a message that can't be one.</summary>
    public SendRejected Refuse(EmailMessage message)
    {
        var (letter, rejected) = _desk.Check(message);
        Assert.Null(letter);
        return Assert.IsType<SendRejected>(rejected);
    }
}

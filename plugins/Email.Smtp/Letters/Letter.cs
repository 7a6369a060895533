using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.EmailSmtp.Letters;

/// <summary>A message that was checked and may be written: nothing in it can break out of its header or command.</summary>
internal sealed record Letter
{
    public required string MessageId { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>MAIL FROM.</summary>
    public required Mailbox EnvelopeSender { get; init; }

    /// <summary>From, with its name.</summary>
    public required NamedMailbox From { get; init; }

    /// <summary>To and RCPT TO, with its name.</summary>
    public required NamedMailbox To { get; init; }

    public NamedMailbox? ReplyTo { get; init; }

    /// <summary>Subject, parts, headers and language as given.</summary>
    public required EmailMessage Message { get; init; }

    /// <summary>True where an address needs a server with SMTPUTF8.</summary>
    public bool NeedsUtf8 =>
        EnvelopeSender.NeedsUtf8 || From.Mailbox.NeedsUtf8 || To.Mailbox.NeedsUtf8 || ReplyTo?.Mailbox.NeedsUtf8 == true;
}

/// <summary>An address with the name that stands before it.</summary>
internal sealed record NamedMailbox(Mailbox Mailbox, string? Name);

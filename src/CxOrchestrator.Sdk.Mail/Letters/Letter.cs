namespace CxOrchestrator.Sdk.Mail;

/// <summary>A message that was checked and may be written: nothing in it can break out of its header. <see cref="LetterDesk"/> makes it.</summary>
public sealed record Letter
{
    /// <summary>What stands in Message-ID, without the angle brackets: <c>key@domain</c>.</summary>
    public required string MessageId { get; init; }

    /// <summary>What stands in Date.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>From, with its name.</summary>
    public required NamedMailbox From { get; init; }

    /// <summary>To, with its name.</summary>
    public required NamedMailbox To { get; init; }

    /// <summary>Reply-To, with its name; null where answers go to the sender.</summary>
    public NamedMailbox? ReplyTo { get; init; }

    /// <summary>Subject, parts, headers and language as given.</summary>
    public required EmailMessage Message { get; init; }

    /// <summary>True where an address in a header needs SMTPUTF8 (RFC 6531).</summary>
    public bool NeedsUtf8 => From.Mailbox.NeedsUtf8 || To.Mailbox.NeedsUtf8 || ReplyTo?.Mailbox.NeedsUtf8 == true;
}

/// <summary>An address with the name that stands before it.</summary>
/// <param name="Mailbox">The address.</param>
/// <param name="Name">The name in any language, or null.</param>
public sealed record NamedMailbox(Mailbox Mailbox, string? Name);

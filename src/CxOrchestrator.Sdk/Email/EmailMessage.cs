namespace CxOrchestrator.Sdk;

/// <summary>One e-mail to one person.</summary>
public sealed record EmailMessage
{
    /// <summary>The delivery's key: the same for every try of the same message. ASCII letters, digits and <c>-</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Who gets it.</summary>
    public required EmailAddress To { get; init; }

    /// <summary>The visible sender; null leaves it to the connection's settings.</summary>
    public EmailAddress? From { get; init; }

    /// <summary>Where answers go, if not to the sender.</summary>
    public EmailAddress? ReplyTo { get; init; }

    /// <summary>Subject in plain text, any language, one line.</summary>
    public required string Subject { get; init; }

    /// <summary>The plain text part.</summary>
    public required string Text { get; init; }

    /// <summary>The HTML part; null sends plain text alone.</summary>
    public string? Html { get; init; }

    /// <summary>The message's language as a BCP 47 tag, for <c>Content-Language</c>.</summary>
    public string? Language { get; init; }

    /// <summary>Further headers (ASCII), such as <c>List-Unsubscribe</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <summary>An e-mail address with the name that stands before it.</summary>
/// <param name="Address">For example <c>anna@example.com</c>.</param>
/// <param name="Name">For example <c>Anna Ruiz</c>; any language.</param>
public sealed record EmailAddress(string Address, string? Name = null);

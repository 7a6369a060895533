namespace CxOrchestrator.Sdk.Mail;

/// <summary>A message, or a part of one.</summary>
public sealed class MailPart
{
    internal MailPart(MailHeaders headers, MediaType type, ReadOnlyMemory<byte> body, IReadOnlyList<MailPart> parts)
    {
        Headers = headers;
        Type = type;
        Body = body;
        Parts = parts;
    }

    /// <summary>Its headers.</summary>
    public MailHeaders Headers { get; }

    /// <summary>Its media type; <c>text/plain</c> where it names none.</summary>
    public MediaType Type { get; }

    /// <summary>Its content, with the transfer encoding taken off; empty for a multipart.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The parts of a multipart, or the one message within a <c>message/rfc822</c>.</summary>
    public IReadOnlyList<MailPart> Parts { get; }

    /// <summary>True where it was sent as a file.</summary>
    public bool IsAttachment => Headers["Content-Disposition"]?.TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The content as text by its charset; bytes that it doesn't know become U+FFFD.</summary>
    public string Text() => Charsets.Decode(Body.Span, Type["charset"]);

    /// <summary>The part and all below it, outermost first; what was forwarded or returned is not entered.</summary>
    public IEnumerable<MailPart> Walk()
    {
        yield return this;
        if (Type.Name.StartsWith("message/", StringComparison.Ordinal))
        {
            yield break;
        }

        foreach (var part in Parts.SelectMany(part => part.Walk()))
        {
            yield return part;
        }
    }

    /// <summary>The first part of a type that is no file, or null.</summary>
    /// <param name="type">In lower case, for example <c>text/plain</c>.</param>
    public MailPart? First(string type) => Walk().FirstOrDefault(part => part.Type.Name == type && !part.IsAttachment);
}

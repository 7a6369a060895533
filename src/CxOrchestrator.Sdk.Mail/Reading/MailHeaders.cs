namespace CxOrchestrator.Sdk.Mail;

/// <summary>The headers of a message or a part, or a group of fields of a report; names without regard to case.</summary>
public sealed class MailHeaders
{
    private readonly IReadOnlyList<MailHeader> _all;

    internal MailHeaders(IReadOnlyList<MailHeader> all) => _all = all;

    /// <summary>No headers.</summary>
    public static MailHeaders None { get; } = new([]);

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<MailHeader> All => _all;

    /// <summary>The first value of a name as it came, unfolded; null where there is none.</summary>
    public string? this[string name] => Values(name).FirstOrDefault();

    /// <summary>All values of a name as they came, unfolded.</summary>
    public IEnumerable<string> Values(string name) =>
        _all.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    /// <summary>The first value of a name as a person sees it (RFC 2047); null where there is none.</summary>
    public string? Shown(string name) => this[name] is { } value ? WordReader.Decode(value) : null;

    /// <summary>The addresses in all headers of a name.</summary>
    public IReadOnlyList<EmailAddress> Addresses(string name) => [.. Values(name).SelectMany(AddressReader.Read)];

    /// <summary>The message's date (RFC 5322, 3.3); null where it has none that can be read.</summary>
    public DateTimeOffset? Date => this["Date"] is { } value ? DateReader.Read(value) : null;
}

/// <summary>One header.</summary>
/// <param name="Name">As it came.</param>
/// <param name="Value">As it came, unfolded and trimmed; encoded words stay.</param>
public sealed record MailHeader(string Name, string Value);

namespace CxOrchestrator.Sdk.Testing.Builders;

/// <summary>An e-mail that may be sent as it is; say only what matters to the test.</summary>
public sealed class EmailBuilder
{
    private readonly Dictionary<string, string> _headers = [];
    private EmailMessage _message = new()
    {
        Key = Keys.Next("mail"),
        To = new EmailAddress("anna@example.com", "Anna Ruiz"),
        Subject = "How was it?",
        Text = "Hello Anna,\n\nhow was it?\n",
    };

    /// <summary>The delivery's key. Default: a new one each time.</summary>
    public EmailBuilder Key(string key) => With(_message with { Key = key });

    /// <summary>Who gets it.</summary>
    public EmailBuilder To(string address, string? name = null) => With(_message with { To = new EmailAddress(address, name) });

    /// <summary>The visible sender.</summary>
    public EmailBuilder From(string address, string? name = null) => With(_message with { From = new EmailAddress(address, name) });

    /// <summary>Where answers go.</summary>
    public EmailBuilder ReplyTo(string address, string? name = null) => With(_message with { ReplyTo = new EmailAddress(address, name) });

    /// <summary>The subject.</summary>
    public EmailBuilder Subject(string subject) => With(_message with { Subject = subject });

    /// <summary>The plain text part.</summary>
    public EmailBuilder Text(string text) => With(_message with { Text = text });

    /// <summary>The HTML part.</summary>
    public EmailBuilder Html(string html) => With(_message with { Html = html });

    /// <summary>The language tag.</summary>
    public EmailBuilder Language(string tag) => With(_message with { Language = tag });

    /// <summary>One more header.</summary>
    public EmailBuilder Header(string name, string value)
    {
        _headers[name] = value;
        return this;
    }

    /// <summary>The message.</summary>
    public EmailMessage Build() => _message with { Headers = new Dictionary<string, string>(_headers) };

    private EmailBuilder With(EmailMessage message)
    {
        _message = message;
        return this;
    }
}

using System.Text.RegularExpressions;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>One reply of the server.</summary>
/// <param name="Code">Three digits (RFC 5321, 4.2).</param>
/// <param name="Lines">What stands after the code, line by line.</param>
internal sealed partial record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 300;

    public bool IsTransient => Code is >= 400 and < 500;

    public bool IsPermanent => Code is >= 500 and < 600;

    /// <summary>A plain no, after which the conversation goes on.</summary>
    public bool IsRefusal => (IsTransient || IsPermanent) && !IsClosing;

    /// <summary>The server closes the connection (RFC 5321, 3.8).</summary>
    public bool IsClosing => Code == 421;

    /// <summary>The reply is about the connection and not about the message: sign in or encrypt first (RFC 3207, RFC 4954).</summary>
    public bool IsAboutSession => Code is 530 or 534 or 535 or 538;

    /// <summary>The enhanced code (RFC 2034), such as <c>5.1.1</c>, or null.</summary>
    public string? Enhanced => Lines.Count > 0 && EnhancedCode().Match(Lines[0]) is { Success: true } match ? match.Value : null;

    /// <summary>The queue id of an accepted message where the server names it, else its words.</summary>
    public string Receipt
    {
        get
        {
            var match = QueuedAs().Match(Text);
            return match.Success ? match.Groups[1].Value : Text;
        }
    }

    private string Text => string.Join(' ', Lines);

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {Text}";

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")]
    private static partial Regex EnhancedCode();

    [GeneratedRegex(@"queued as ([A-Za-z0-9.\-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex QueuedAs();
}

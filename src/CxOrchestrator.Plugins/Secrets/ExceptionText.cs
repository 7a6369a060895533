using System.Reflection;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>
/// Turns what a connector threw into a line for an operator. A connector's message may hold anything that it was given, so
/// secrets are masked, and so is what looks like a customer's address or number.
/// </summary>
internal sealed partial class ExceptionText(SecretMask mask)
{
    private const int MaxLength = 300;
    private const int MaxDepth = 3;

    /// <summary>One line: type and message of the exception and of those inside it.</summary>
    public string Of(Exception exception)
    {
        var lines = new List<string>();
        for (var current = Unwrap(exception); current is not null && lines.Count < MaxDepth; current = current.InnerException)
        {
            var line = $"{current.GetType().Name}: {MessageOf(current)}";
            if (lines.Count == 0 || !lines[^1].EndsWith(MessageOf(current), StringComparison.Ordinal))
                lines.Add(line);
        }

        return Clean(string.Join(" ← ", lines));
    }

    /// <summary>Any text of a connector as one line without secrets, addresses and long numbers.</summary>
    public string Clean(string text)
    {
        // Secrets first: shortening or masking addresses first could cut one in two and leave a half of it.
        var safe = mask.Apply(text);
        safe = Credentials().Replace(safe, "$1 (secret)");
        safe = Addresses().Replace(safe, "(address)");
        safe = LongNumbers().Replace(safe, "(number)");
        safe = WhiteSpace().Replace(safe, " ").Trim();
        return safe.Length <= MaxLength ? safe : safe[..MaxLength] + "…";
    }

    private static Exception Unwrap(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        _ => exception,
    };

    // An exception class of a plugin may itself throw when it is asked what happened.
    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message ?? "";
        }
        catch (Exception)
        {
            return "its message can't be read";
        }
    }

    // A secret that a header or an SMTP command has joined with a user's name can't be found by its own form.
    [GeneratedRegex(@"\b(Basic|Bearer|AUTH PLAIN|AUTH LOGIN)\s+\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Credentials();

    [GeneratedRegex(@"[^\s@<>""'(),;:]+@[^\s@<>""'(),;:]+")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"\+?\d[\d ()-]{7,}\d")]
    private static partial Regex LongNumbers();

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex WhiteSpace();
}

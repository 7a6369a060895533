using System.Globalization;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>What the server's EHLO reply offers.</summary>
internal sealed record SmtpExtensions
{
    public bool StartTls { get; init; }

    public bool Pipelining { get; init; }

    public bool EightBitMime { get; init; }

    public bool SmtpUtf8 { get; init; }

    /// <summary>ENVID, RET, NOTIFY and ORCPT (RFC 3461).</summary>
    public bool Dsn { get; init; }

    public bool HasSize { get; init; }

    /// <summary>The largest message in bytes; 0 where the server names no limit.</summary>
    public long MaxSize { get; init; }

    /// <summary>Ways of signing in, in capitals.</summary>
    public IReadOnlySet<string> AuthMechanisms { get; init; } = new HashSet<string>();

    /// <summary>Reads the lines after the greeting; words that we don't know are passed over.</summary>
    public static SmtpExtensions Parse(SmtpReply ehlo)
    {
        var offers = new SmtpExtensions();
        var mechanisms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in ehlo.Lines.Skip(1))
        {
            // "AUTH=LOGIN PLAIN" is how some old servers say it.
            var words = line.Replace("AUTH=", "AUTH ", StringComparison.OrdinalIgnoreCase).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words.FirstOrDefault()?.ToUpperInvariant())
            {
                case "STARTTLS": offers = offers with { StartTls = true }; break;
                case "PIPELINING": offers = offers with { Pipelining = true }; break;
                case "8BITMIME": offers = offers with { EightBitMime = true }; break;
                case "SMTPUTF8": offers = offers with { SmtpUtf8 = true }; break;
                case "DSN": offers = offers with { Dsn = true }; break;
                case "SIZE": offers = offers with { HasSize = true, MaxSize = Size(words) }; break;
                case "AUTH": mechanisms.UnionWith(words.Skip(1).Select(word => word.ToUpperInvariant())); break;
                default: break;
            }
        }

        return offers with { AuthMechanisms = mechanisms };
    }

    private static long Size(string[] words) =>
        words.Length > 1 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;
}

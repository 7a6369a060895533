using System.Globalization;
using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>Parameters behind a header's value, with their continuations and charsets (RFC 2231).</summary>
internal static class ParameterReader
{
    private const int Most = 100;

    /// <summary>The parameters by name; where one comes twice, the first.</summary>
    public static IReadOnlyDictionary<string, string> Read(string text)
    {
        var plain = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var pieces = new Dictionary<string, SortedDictionary<int, (string Text, bool Encoded)>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Pairs(text).Take(Most))
        {
            var star = name.IndexOf('*', StringComparison.Ordinal);
            if (star < 0)
            {
                plain.TryAdd(name, value);
                continue;
            }

            var encoded = name.EndsWith('*');
            var number = name[(star + 1)..].TrimEnd('*');
            if (number.Length == 0 || int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                var parts = pieces.TryGetValue(name[..star], out var known) ? known : pieces[name[..star]] = [];
                parts.TryAdd(number.Length == 0 ? 0 : int.Parse(number, CultureInfo.InvariantCulture), (value, encoded));
            }
        }

        foreach (var (name, parts) in pieces)
        {
            plain[name] = Join(parts.Values);
        }

        return plain;
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0)
            {
                yield break;
            }

            var name = text[at..equals].Trim(' ', '\t', ';');
            at = equals + 1;
            while (at < text.Length && text[at] is ' ' or '\t')
            {
                at++;
            }

            var value = at < text.Length && text[at] == '"' ? Quoted(text, ref at) : Token(text, ref at);
            var next = text.IndexOf(';', at);
            at = next < 0 ? text.Length : next + 1;
            if (name.Length > 0)
            {
                yield return (name, value);
            }
        }
    }

    private static string Quoted(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            value.Append(text[at]);
        }

        at = Math.Min(at + 1, text.Length);
        return value.ToString();
    }

    private static string Token(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] is not (';' or ' ' or '\t' or '('))
        {
            at++;
        }

        return text[start..at];
    }

    // The first piece names the charset where it is encoded: utf-8'th'%E0%B8%81.
    private static string Join(IEnumerable<(string Text, bool Encoded)> parts)
    {
        var bytes = new List<byte>();
        string? charset = null;
        foreach (var (index, (text, encoded)) in parts.Index())
        {
            var value = text;
            if (index == 0 && encoded && value.Split('\'', 3) is { Length: 3 } words)
            {
                (charset, value) = (words[0], words[2]);
            }

            bytes.AddRange(encoded ? TransferDecoding.QuotedPrintable(Encoding.UTF8.GetBytes(value.Replace('%', '=')), false) : Encoding.UTF8.GetBytes(value));
        }

        return Charsets.Decode([.. bytes], charset);
    }
}

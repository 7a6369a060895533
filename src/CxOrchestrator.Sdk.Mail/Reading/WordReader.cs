using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>Encoded words in headers (RFC 2047). What is no whole word stays as it is.</summary>
internal static class WordReader
{
    // A word has at most 75 characters; many programs write longer ones.
    private const int LongestWord = 1000;

    /// <summary>The text as a person sees it.</summary>
    public static string Decode(string value)
    {
        if (!value.Contains("=?", StringComparison.Ordinal))
        {
            return value;
        }

        var result = new StringBuilder();
        var bytes = new List<byte>();
        string? charset = null;
        var at = 0;
        while (at < value.Length)
        {
            if (WordAt(value, at) is not { } word)
            {
                Flush();
                result.Append(value[at++]);
                continue;
            }

            if (charset is not null && !charset.Equals(word.Charset, StringComparison.OrdinalIgnoreCase))
            {
                Flush();
            }

            // Bytes are joined before they are read: some programs cut words within a character.
            bytes.AddRange(word.Bytes);
            charset = word.Charset;
            at += word.Length;
            var next = at;
            while (next < value.Length && value[next] is ' ' or '\t')
            {
                next++;
            }

            at = next > at && WordAt(value, next) is not null ? next : at;
        }

        Flush();
        return result.ToString();

        void Flush()
        {
            result.Append(charset is null ? "" : OneLine(Charsets.Decode([.. bytes], charset)));
            bytes.Clear();
            charset = null;
        }
    }

    private static (string Charset, byte[] Bytes, int Length)? WordAt(string value, int at)
    {
        if (at + 7 > value.Length || value[at] != '=' || value[at + 1] != '?')
        {
            return null;
        }

        var window = value.AsSpan(at, Math.Min(value.Length - at, LongestWord));
        var charsetEnd = window[2..].IndexOf('?') + 2;
        if (charsetEnd < 3 || charsetEnd + 2 >= window.Length || window[charsetEnd + 2] != '?')
        {
            return null;
        }

        var text = window[(charsetEnd + 3)..];
        var end = text.IndexOf("?=", StringComparison.Ordinal);
        var encoding = char.ToUpperInvariant(window[charsetEnd + 1]);
        if (end < 0 || encoding is not ('B' or 'Q') || !Ascii.IsValid(text[..end]))
        {
            return null;
        }

        var letters = Encoding.ASCII.GetBytes(text[..end].ToString());
        var charset = window[2..charsetEnd].ToString();
        var language = charset.IndexOf('*', StringComparison.Ordinal);
        return (
            language > 0 ? charset[..language] : charset,
            encoding == 'B' ? TransferDecoding.Base64(letters) : TransferDecoding.QuotedPrintable(letters, underscoreIsSpace: true),
            charsetEnd + 3 + end + 2);
    }

    // A header is one line, whatever was hidden in its words.
    private static string OneLine(string text) => text.Any(char.IsControl) ? new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]) : text;
}

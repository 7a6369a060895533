using System.Globalization;
using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>
/// Text beyond ASCII in headers (RFC 2047): words of at most 75 characters, each of whole characters, on lines of at most 76.
/// </summary>
internal static class EncodedWords
{
    private const int MaxLine = 76;
    private const int MaxWord = 75;
    private const string Tail = "?=";

    /// <summary>Words separated by folds.</summary>
    /// <param name="text">What to encode.</param>
    /// <param name="column">Characters that already stand on the first line.</param>
    public static string Encode(string text, int column)
    {
        var base64 = Base64Length(text) <= QLength(text);
        var head = base64 ? "=?utf-8?B?" : "=?utf-8?Q?";
        var words = new List<string>();
        var word = new List<byte>();
        var qLength = 0;
        var room = Math.Min(MaxWord, MaxLine - column) - head.Length - Tail.Length;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = utf8[..rune.EncodeToUtf8(utf8)];
            var grown = base64 ? (word.Count + bytes.Length + 2) / 3 * 4 : qLength + QLength(bytes);
            if (grown > room && word.Count > 0)
            {
                Close();
            }

            qLength += QLength(bytes);
            word.AddRange(bytes);
        }

        Close();
        return string.Join("\r\n ", words);

        void Close()
        {
            words.Add(head + (base64 ? Convert.ToBase64String([.. word]) : Q(word)) + Tail);
            word.Clear();
            qLength = 0;
            room = Math.Min(MaxWord, MaxLine - 1) - head.Length - Tail.Length;
        }
    }

    private static int Base64Length(string text) => (Encoding.UTF8.GetByteCount(text) + 2) / 3 * 4;

    private static int QLength(string text) => QLength(Encoding.UTF8.GetBytes(text));

    private static int QLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        foreach (var value in bytes)
        {
            length += value == ' ' || IsSafe(value) ? 1 : 3;
        }

        return length;
    }

    private static string Q(List<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var value in bytes)
        {
            _ = value switch
            {
                (byte)' ' => text.Append('_'),
                _ when IsSafe(value) => text.Append((char)value),
                _ => text.Append(CultureInfo.InvariantCulture, $"={value:X2}"),
            };
        }

        return text.ToString();
    }

    // The set that is safe in a phrase too (RFC 2047, 5 (3)), so that names and subjects are encoded alike.
    private static bool IsSafe(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'!' or (byte)'*' or (byte)'+' or (byte)'-' or (byte)'/';
}

using System.Globalization;
using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>Quoted-printable (RFC 2045, 6.7) of text whose lines end in CRLF; output lines are at most 76 characters.</summary>
internal static class QuotedPrintable
{
    private const int MaxLine = 76;

    /// <summary>Encodes the bytes of a text.</summary>
    public static string Encode(ReadOnlySpan<byte> text)
    {
        var result = new StringBuilder(text.Length + (text.Length / 4));
        var column = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
            {
                result.Append("\r\n");
                column = 0;
                i++;
                continue;
            }

            var plain = IsPlain(text, i);
            if (column + (plain ? 1 : 3) > MaxLine - 1)
            {
                result.Append("=\r\n");
                column = 0;
            }

            _ = plain ? result.Append((char)text[i]) : result.Append(CultureInfo.InvariantCulture, $"={text[i]:X2}");
            column += plain ? 1 : 3;
        }

        return result.ToString();
    }

    // A space at the end of a line may be cut on the way, so it is written out.
    private static bool IsPlain(ReadOnlySpan<byte> text, int at)
    {
        var value = text[at];
        var endsLine = at + 1 == text.Length || text[at + 1] == '\r';
        return value is (byte)' ' or (byte)'\t' ? !endsLine : value is > 32 and < 127 and not (byte)'=';
    }
}

using System.Buffers;
using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>A text part in the encoding that carries it whole: as it is where the way allows, else the shorter of the two encodings.</summary>
/// <param name="Encoding">Content-Transfer-Encoding.</param>
/// <param name="Body">The encoded body; its lines end in CRLF and hold at most 998 bytes.</param>
internal sealed record BodyPart(string Encoding, byte[] Body)
{
    private const int MaxLine = 998;

    // Control characters but tab and line ends.
    private static readonly SearchValues<byte> Unfit =
        SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Where(value => value is not ('\t' or '\r' or '\n')).Select(value => (byte)value)]);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">Any text, with any line ends.</param>
    /// <param name="eightBit">The server takes 8BITMIME (RFC 6152).</param>
    public static BodyPart Of(string text, bool eightBit)
    {
        var lines = text.ReplaceLineEndings("\r\n");
        var bytes = System.Text.Encoding.UTF8.GetBytes(lines);
        if (Fits(bytes))
        {
            if (Ascii.IsValid(bytes))
            {
                return new BodyPart("7bit", bytes);
            }

            if (eightBit)
            {
                return new BodyPart("8bit", bytes);
            }
        }

        var quoted = QuotedPrintable.Encode(bytes);
        var base64Length = (bytes.Length + 2) / 3 * 4 * 78 / 76;
        return quoted.Length <= base64Length
            ? new BodyPart("quoted-printable", System.Text.Encoding.ASCII.GetBytes(quoted))
            : new BodyPart("base64", System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)));
    }

    private static bool Fits(ReadOnlySpan<byte> bytes)
    {
        if (bytes.ContainsAny(Unfit))
        {
            return false;
        }

        // Without the line feed, as a line's length was always counted here: its carriage return is one of the bytes.
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            if ((end < 0 ? bytes.Length : end) > MaxLine)
            {
                return false;
            }

            bytes = end < 0 ? default : bytes[(end + 1)..];
        }

        return true;
    }
}

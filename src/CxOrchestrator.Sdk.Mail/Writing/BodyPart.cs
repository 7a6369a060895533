using System.Buffers;
using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>A text part in the encoding that carries it whole: as it is where the way allows, else the shorter of the two encodings.</summary>
/// <param name="Encoding">Content-Transfer-Encoding.</param>
/// <param name="Body">The encoded body; its lines end in CRLF and hold at most 998 bytes.</param>
internal sealed record BodyPart(string Encoding, byte[] Body)
{
    private const int MaxLine = 998;

    // What string.ReplaceLineEndings takes for the end of a line, beside the line feed.
    private static readonly SearchValues<char> OtherLineEnds = SearchValues.Create("\r\f\u0085\u2028\u2029");

    // Control characters but tab and line ends.
    private static readonly SearchValues<byte> Unfit =
        SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Where(value => value is not ('\t' or '\r' or '\n')).Select(value => (byte)value)]);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">Any text, with any line ends.</param>
    /// <param name="eightBit">The server takes 8BITMIME (RFC 6152).</param>
    public static BodyPart Of(string text, bool eightBit)
    {
        var bytes = Lines(text);
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

    // Most texts have line feeds alone, and are written straight into their bytes.
    private static byte[] Lines(string text)
    {
        if (text.AsSpan().ContainsAny(OtherLineEnds))
        {
            return System.Text.Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
        }

        var bytes = new byte[System.Text.Encoding.UTF8.GetByteCount(text) + text.AsSpan().Count('\n')];
        var to = 0;
        for (var left = text.AsSpan(); !left.IsEmpty;)
        {
            var end = left.IndexOf('\n');
            to += System.Text.Encoding.UTF8.GetBytes(end < 0 ? left : left[..end], bytes.AsSpan(to));
            if (end < 0)
            {
                break;
            }

            "\r\n"u8.CopyTo(bytes.AsSpan(to));
            to += 2;
            left = left[(end + 1)..];
        }

        return bytes;
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

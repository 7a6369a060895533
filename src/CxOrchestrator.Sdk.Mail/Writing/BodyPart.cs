using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>A text part in the encoding that carries it whole: as it is where the way allows, else the shorter of the two encodings.</summary>
/// <param name="Encoding">Content-Transfer-Encoding.</param>
/// <param name="Body">The encoded body; its lines end in CRLF and hold at most 998 bytes.</param>
internal sealed record BodyPart(string Encoding, string Body)
{
    private const int MaxLine = 998;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">Any text, with any line ends.</param>
    /// <param name="eightBit">The server takes 8BITMIME (RFC 6152).</param>
    public static BodyPart Of(string text, bool eightBit)
    {
        var lines = text.ReplaceLineEndings("\r\n");
        var bytes = System.Text.Encoding.UTF8.GetBytes(lines);
        if (Fits(bytes))
        {
            if (Ascii.IsValid(lines))
            {
                return new BodyPart("7bit", lines);
            }

            if (eightBit)
            {
                return new BodyPart("8bit", lines);
            }
        }

        var quoted = QuotedPrintable.Encode(bytes);
        var base64Length = (bytes.Length + 2) / 3 * 4 * 78 / 76;
        return quoted.Length <= base64Length
            ? new BodyPart("quoted-printable", quoted)
            : new BodyPart("base64", Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks));
    }

    private static bool Fits(ReadOnlySpan<byte> bytes)
    {
        var column = 0;
        foreach (var value in bytes)
        {
            column = value == '\n' ? 0 : column + 1;
            if (column > MaxLine || value == 127 || (value < 32 && value is not ((byte)'\r' or (byte)'\n' or (byte)'\t')))
            {
                return false;
            }
        }

        return true;
    }
}

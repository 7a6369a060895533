namespace CxOrchestrator.Sdk.Mail;

/// <summary>Takes off a Content-Transfer-Encoding (RFC 2045, 6); what is no code is passed over or kept, never an error.</summary>
internal static class TransferDecoding
{
    /// <summary>The content itself.</summary>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> body, string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        "base64" => Base64(body.Span),
        "quoted-printable" => QuotedPrintable(body.Span, underscoreIsSpace: false),
        _ => body,
    };

    /// <summary>Base64, over whatever else stands between its letters.</summary>
    public static byte[] Base64(ReadOnlySpan<byte> text)
    {
        var result = new byte[(text.Length * 3 / 4) + 3];
        var (length, bits, count) = (0, 0, 0);
        foreach (var letter in text)
        {
            if (letter == '=')
            {
                (bits, count) = (0, 0);
                continue;
            }

            var value = ValueOf(letter);
            if (value < 0)
            {
                continue;
            }

            bits = ((bits << 6) | value) & 0xFFFFFF;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                result[length++] = (byte)(bits >> count);
            }
        }

        return result[..length];
    }

    /// <summary>Quoted-printable, or the Q encoding of headers.</summary>
    public static byte[] QuotedPrintable(ReadOnlySpan<byte> text, bool underscoreIsSpace)
    {
        var result = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=')
            {
                result[length++] = underscoreIsSpace && text[i] == '_' ? (byte)' ' : text[i];
            }
            else if (i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                result[length++] = (byte)((HexOf(text[i + 1]) << 4) | HexOf(text[i + 2]));
                i += 2;
            }
            else if (SoftBreak(text[(i + 1)..]) is { } skipped)
            {
                i += skipped;
            }
            else
            {
                result[length++] = text[i];
            }
        }

        return result[..length];
    }

    // "=" at the end of a line, with blanks that were put there on the way.
    private static int? SoftBreak(ReadOnlySpan<byte> rest)
    {
        for (var i = 0; i < rest.Length && i < 80; i++)
        {
            if (rest[i] == '\n')
            {
                return i + 1;
            }

            if (rest[i] is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
            {
                return null;
            }
        }

        return rest.IsEmpty ? 0 : null;
    }

    private static int HexOf(byte digit) => char.IsAsciiDigit((char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static int ValueOf(byte letter) => (char)letter switch
    {
        >= 'A' and <= 'Z' => letter - 'A',
        >= 'a' and <= 'z' => letter - 'a' + 26,
        >= '0' and <= '9' => letter - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}

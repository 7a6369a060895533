namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>A message as it goes over the wire after DATA: dots at line starts doubled, the final dot at the end (RFC 5321, 4.5.2).</summary>
internal static class DataBlock
{
    /// <summary>What ends a message whose last line ends in CRLF.</summary>
    public static ReadOnlySpan<byte> FinalDot => ".\r\n"u8;

    /// <summary>Stuffs a message whose lines all end in CRLF, the last one too; one without a dot at a line's start is given back as it is.</summary>
    public static byte[] Stuffed(byte[] message)
    {
        var left = message.AsSpan();
        var dots = (left.StartsWith("."u8) ? 1 : 0) + left.Count("\n."u8);
        if (dots == 0)
        {
            return message;
        }

        var result = new byte[message.Length + dots];
        var to = 0;
        while (!left.IsEmpty)
        {
            var end = left.IndexOf((byte)'\n');
            var line = end < 0 ? left : left[..(end + 1)];
            if (line[0] == '.')
            {
                result[to++] = (byte)'.';
            }

            line.CopyTo(result.AsSpan(to));
            to += line.Length;
            left = left[line.Length..];
        }

        return result;
    }
}

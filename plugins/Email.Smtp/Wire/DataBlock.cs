namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>A message as it goes over the wire after DATA: dots at line starts doubled, the final dot at the end (RFC 5321, 4.5.2).</summary>
internal static class DataBlock
{
    private static ReadOnlySpan<byte> FinalDot => ".\r\n"u8;

    /// <summary>Stuffs a message whose lines all end in CRLF, the last one too.</summary>
    public static byte[] Of(ReadOnlySpan<byte> message)
    {
        var dots = CountDots(message);
        var result = new byte[message.Length + dots + FinalDot.Length];
        var to = 0;
        if (dots == 0)
        {
            message.CopyTo(result);
            to = message.Length;
            message = default;
        }

        while (!message.IsEmpty)
        {
            var end = message.IndexOf((byte)'\n');
            var line = end < 0 ? message : message[..(end + 1)];
            if (line[0] == '.')
            {
                result[to++] = (byte)'.';
            }

            line.CopyTo(result.AsSpan(to));
            to += line.Length;
            message = message[line.Length..];
        }

        FinalDot.CopyTo(result.AsSpan(to));
        return result;
    }

    private static int CountDots(ReadOnlySpan<byte> message)
    {
        var dots = message.StartsWith("."u8) ? 1 : 0;
        return dots + message.Count("\n."u8);
    }
}

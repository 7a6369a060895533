using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>The lines between the parts of a multipart (RFC 2046, 5.1.1).</summary>
internal static class Boundary
{
    /// <summary>What stands between the lines; without a last one, up to the end.</summary>
    public static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body, string boundary, int most)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        var mark = Encoding.UTF8.GetBytes("--" + boundary);
        var bytes = body.Span;
        int? open = null;
        var from = 0;
        while (pieces.Count < most && Find(bytes, mark, from) is { } at)
        {
            if (open is { } start)
            {
                pieces.Add(body[start..Math.Max(start, EndBefore(bytes, at))]);
            }

            var rest = bytes[(at + mark.Length)..];
            if (rest.StartsWith("--"u8))
            {
                return pieces;
            }

            var newLine = rest.IndexOf((byte)'\n');
            from = newLine < 0 ? bytes.Length : at + mark.Length + newLine + 1;
            open = from;
        }

        if (open is { } last && last < bytes.Length && pieces.Count < most)
        {
            pieces.Add(body[last..]);
        }

        return pieces;
    }

    private static int? Find(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mark, int from)
    {
        while (from < bytes.Length)
        {
            var found = bytes[from..].IndexOf(mark);
            if (found < 0)
            {
                return null;
            }

            var at = from + found;
            var after = bytes[(at + mark.Length)..];
            if ((at == 0 || bytes[at - 1] == '\n') && (after.IsEmpty || after[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' || after.StartsWith("--"u8)))
            {
                return at;
            }

            from = at + 1;
        }

        return null;
    }

    // The line break before the mark belongs to the mark.
    private static int EndBefore(ReadOnlySpan<byte> bytes, int at)
    {
        var end = at > 0 ? at - 1 : at;
        return end > 0 && bytes[end - 1] == '\r' ? end - 1 : end;
    }
}

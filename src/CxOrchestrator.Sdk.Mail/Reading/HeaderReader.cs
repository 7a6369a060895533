using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>Reads the lines before the first empty one.</summary>
internal static class HeaderReader
{
    /// <summary>The headers, and where the body begins.</summary>
    public static (MailHeaders Headers, int Body) Read(ReadOnlySpan<byte> bytes, MailReadLimits limits)
    {
        var headers = new List<MailHeader>();
        string? name = null;
        var value = new StringBuilder();
        var at = 0;
        while (at < bytes.Length)
        {
            var newLine = bytes[at..].IndexOf((byte)'\n');
            var end = newLine < 0 ? bytes.Length : at + newLine;
            var line = bytes[at..end].TrimEnd((byte)'\r');
            at = newLine < 0 ? bytes.Length : end + 1;
            if (line.IsEmpty)
            {
                break;
            }

            if (line[0] is (byte)' ' or (byte)'\t')
            {
                Append(value, line.TrimStart(" \t"u8), limits.HeaderLength, separated: true);
                continue;
            }

            Close();
            var colon = line.IndexOf((byte)':');
            if (colon > 0 && IsName(line[..colon].TrimEnd(" \t"u8)))
            {
                name = Encoding.ASCII.GetString(line[..colon].TrimEnd(" \t"u8));
                Append(value, line[(colon + 1)..].TrimStart(" \t"u8), limits.HeaderLength, separated: false);
            }
        }

        Close();
        return (new MailHeaders(headers), at);

        void Close()
        {
            if (name is not null && headers.Count < limits.Headers)
            {
                headers.Add(new MailHeader(name, value.ToString().Trim()));
            }

            name = null;
            value.Clear();
        }
    }

    /// <summary>The groups of fields of a report: headers after headers, with empty lines between.</summary>
    public static IReadOnlyList<MailHeaders> ReadGroups(ReadOnlySpan<byte> bytes, MailReadLimits limits)
    {
        var groups = new List<MailHeaders>();
        while (!bytes.IsEmpty && groups.Count < limits.Parts)
        {
            var (group, next) = Read(bytes, limits);
            if (group.All.Count > 0)
            {
                groups.Add(group);
            }

            bytes = bytes[next..];
        }

        return groups;
    }

    private static void Append(StringBuilder value, ReadOnlySpan<byte> line, int limit, bool separated)
    {
        var room = limit - value.Length - 1;
        if (room <= 0)
        {
            return;
        }

        if (separated && value.Length > 0)
        {
            value.Append(' ');
        }

        // UTF-8 in headers is SMTPUTF8's (RFC 6532); anything else beyond ASCII is a fault that old programs make.
        var text = Charsets.Decode(line.Length > room ? line[..room] : line, null);
        foreach (var letter in text)
        {
            value.Append(char.IsControl(letter) ? ' ' : letter);
        }
    }

    private static bool IsName(ReadOnlySpan<byte> name) => !name.IsEmpty && name.Length <= 200 && name.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0;
}

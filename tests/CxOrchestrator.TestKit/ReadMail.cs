using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace CxOrchestrator.TestKit;

/// <summary>What a mail program shows of the bytes that a server took: as much MIME as the tests need, read and not written.</summary>
public sealed partial class ReadMail
{
    private readonly List<KeyValuePair<string, string>> _headers = [];

    private ReadMail(string raw)
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Head = raw[..(end + 2)];
        foreach (var line in Head.Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal)
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            _headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }

        var body = raw[(end + 4)..];
        var boundary = BoundaryOf().Match(Raw("Content-Type") ?? "");
        if (!boundary.Success)
        {
            Body = Decode(body, Raw("Content-Transfer-Encoding") ?? "7bit");
            return;
        }

        Body = "";
        var mark = "\r\n--" + boundary.Groups[1].Value;
        var pieces = ("\r\n" + body).Split(mark);
        Assert.Equal("--\r\n", pieces[^1]);
        Parts = [.. pieces[1..^1].Select(piece => new ReadMail(piece[2..]))];
    }

    /// <summary>The header block as it came.</summary>
    public string Head { get; }

    /// <summary>The body, decoded; empty for a multipart.</summary>
    public string Body { get; }

    /// <summary>The parts of a multipart.</summary>
    public IReadOnlyList<ReadMail> Parts { get; } = [];

    /// <summary>Names of the headers in order.</summary>
    public IEnumerable<string> HeaderNames => _headers.Select(header => header.Key);

    /// <summary>Reads a message whose parts are all UTF-8.</summary>
    public static ReadMail Of(ReadOnlyMemory<byte> data) => new(Encoding.UTF8.GetString(data.Span));

    /// <summary>A header's value, unfolded; encoded words stay.</summary>
    public string? Raw(string name) => _headers.SingleOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>A header's value as it is shown.</summary>
    public string? Shown(string name) => Raw(name) is not { } raw
        ? null
        : EncodedWord().Replace(BetweenWords().Replace(raw, "?==?"), match => DecodeWord(match.Groups[1].Value, match.Groups[2].Value));

    private static string DecodeWord(string encoding, string text)
    {
        var bytes = encoding.Equals("B", StringComparison.OrdinalIgnoreCase)
            ? Convert.FromBase64String(text)
            : Unquote(text.Replace('_', ' '));
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
    }

    private static string Decode(string body, string encoding) => encoding switch
    {
        "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body)),
        "quoted-printable" => Encoding.UTF8.GetString(Unquote(body.Replace("=\r\n", "", StringComparison.Ordinal))),
        "7bit" or "8bit" => body,
        _ => throw new FormatException(encoding),
    };

    private static byte[] Unquote(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"boundary=""([^""]+)""")]
    private static partial Regex BoundaryOf();

    [GeneratedRegex(@"=\?utf-8\?([BQ])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex BetweenWords();
}

using System.Text;
using System.Text.Json;

namespace CxOrchestrator.Web.Events;

/// <summary>Reads a CloudEvent in binary mode: attributes in <c>ce-</c> headers, the data as the body (HTTP binding 1.0.2, 3.1).</summary>
internal static class CloudEventHeaders
{
    private const string Prefix = "ce-";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Whether a request carries an event in this mode.</summary>
    public static bool Any(IHeaderDictionary headers) => headers.Keys.Any(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>The event.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public static CloudEventDraft Read(IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var draft = new CloudEventDraft();
        foreach (var name in (ReadOnlySpan<string>)["specversion", "id", "source", "type", "subject", "time"])
        {
            var values = headers[Prefix + name];
            if (values.Count > 1)
                draft.Fault(name, "comes more than once", $"send one header {Prefix}{name}");
            else if (values.Count == 1)
                draft[name] = Decode(draft, name, values[0] ?? "");
        }

        if (headers.ContainsKey("ce-datacontenttype"))
            draft.Fault("datacontenttype", "comes as a header of its own", "leave ce-datacontenttype out; Content-Type says it");
        if (body.Length > 0)
            draft.Data = CloudEventJson.Parse(body);
        return draft;
    }

    // First quoted strings, then one round of percent-decoding, whose bytes must be UTF-8 (3.1.3.2).
    private static string? Decode(CloudEventDraft draft, string name, string value)
    {
        var text = value.Trim();
        if (text is ['"', .., '"'])
            text = Unquote(text[1..^1]);
        var bytes = new List<byte>(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '%' && index + 2 < text.Length && Hex(text, index + 1) is { } octet)
            {
                bytes.Add(octet);
                index += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, index, char.IsHighSurrogate(text[index]) && index + 1 < text.Length ? 2 : 1));
                if (char.IsHighSurrogate(text[index]))
                    index++;
            }
        }

        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            draft.Fault(name, "is not percent-encoded UTF-8", $"encode {Prefix}{name} as the HTTP binding of CloudEvents says (3.1.3.2)");
            return null;
        }
    }

    private static byte? Hex(string text, int at) =>
        at + 2 <= text.Length && char.IsAsciiHexDigit(text[at]) && char.IsAsciiHexDigit(text[at + 1])
            ? Convert.ToByte(text.Substring(at, 2), 16)
            : null;

    private static string Unquote(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\' && index + 1 < text.Length)
                index++;
            plain.Append(text[index]);
        }

        return plain.ToString();
    }
}

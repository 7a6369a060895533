using System.Text;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Wire.Batch;

/// <summary>Reads the answer to a <c>$batch</c>: as many answers as there were units, in their order.</summary>
internal static class BatchReply
{
    /// <summary>The units' answers. A change set has the answer of its first failure, else that of its last operation; null where an answer is missing.</summary>
    public static IReadOnlyList<ServiceReply?> Read(ServiceReply reply, int units)
    {
        var answers = new ServiceReply?[units];
        if (BoundaryOf(reply.Header("Content-Type")) is not { } boundary)
            return answers;
        var at = 0;
        // Latin-1 keeps every byte, so that the bodies' bytes can be had back.
        foreach (var part in Parts(Encoding.Latin1.GetString(reply.Body.Span), boundary).Take(units))
            answers[at++] = Answer(part);
        return answers;
    }

    private static ServiceReply? Answer(string part)
    {
        var (headers, content) = Split(part);
        if (BoundaryOf(headers.GetValueOrDefault("Content-Type")) is not { } inner)
            return Http(content);
        var answers = Parts(content, inner).Select(one => Http(Split(one).Content)).ToList();
        return answers.Contains(null) ? null : answers.FirstOrDefault(one => !one!.IsSuccess) ?? answers.LastOrDefault();
    }

    private static ServiceReply? Http(string text)
    {
        var lineEnd = text.IndexOf('\n', StringComparison.Ordinal);
        var line = (lineEnd < 0 ? text : text[..lineEnd]).Trim().Split(' ', 3);
        if (lineEnd < 0 || line.Length < 2 || !line[0].StartsWith("HTTP/", StringComparison.Ordinal) || !int.TryParse(line[1], out var status))
            return null;
        var (headers, body) = Split(text[(lineEnd + 1)..]);
        return new ServiceReply
        {
            Status = status,
            Headers = headers,
            Body = Encoding.Latin1.GetBytes(body.TrimEnd('\r', '\n')),
            RetryAfter = int.TryParse(headers.GetValueOrDefault("Retry-After"), out var seconds) && seconds >= 0 ? TimeSpan.FromSeconds(seconds) : null,
        };
    }

    // What stands between the boundary's lines; a last part without its end was cut off and is none.
    private static IEnumerable<string> Parts(string text, string boundary)
    {
        var mark = "--" + boundary;
        var start = -1;
        var from = 0;
        while (from < text.Length)
        {
            var end = text.IndexOf('\n', from);
            var next = end < 0 ? text.Length : end + 1;
            if (string.CompareOrdinal(text, from, mark, 0, mark.Length) == 0 && text[(from + mark.Length)..next].Trim() is "" or "--")
            {
                if (start >= 0)
                    yield return text[start..from];
                start = next;
                if (text[(from + mark.Length)..next].Trim() == "--")
                    yield break;
            }

            from = next;
        }
    }

    private static (Dictionary<string, string> Headers, string Content) Split(string part)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var from = 0;
        while (from < part.Length)
        {
            var end = part.IndexOf('\n', from);
            var next = end < 0 ? part.Length : end + 1;
            var line = part[from..next].Trim();
            from = next;
            if (line.Length == 0)
                break;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return (headers, part[from..]);
    }

    private static string? BoundaryOf(string? contentType)
    {
        var at = contentType?.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0 || !contentType!.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase))
            return null;
        var value = contentType[(at + "boundary=".Length)..].Split(';')[0].Trim().Trim('"');
        return value.Length > 0 ? value : null;
    }
}

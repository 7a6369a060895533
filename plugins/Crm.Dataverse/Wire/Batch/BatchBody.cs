using System.Net.Http.Headers;
using System.Text;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Wire.Batch;

/// <summary>Writes a <c>$batch</c> (OData 4.0, 11.7): lines end in CRLF, and a request without a body still has its blank line.</summary>
internal static class BatchBody
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false);

    /// <summary>
    /// The request. Each unit with one operation stands alone; one with several is a change set, which is made whole or not at all. A unit that fails does
    /// not stop the next ones.
    /// </summary>
    /// <param name="root">The path of the Web API on its host.</param>
    /// <param name="units">What to do, in order.</param>
    public static ServiceRequest Request(string root, IReadOnlyList<IReadOnlyList<BatchOperation>> units)
    {
        // Bodies are JSON, whose strings hold no line breaks, so that no line of theirs can look like a boundary.
        const string boundary = "batch_cxo";
        var text = new StringBuilder();
        for (var i = 0; i < units.Count; i++)
        {
            Line(text, $"--{boundary}");
            if (units[i].Count == 1)
                Operation(text, root, units[i][0], null);
            else
                ChangeSet(text, root, units[i], $"changeset_{i}");
        }

        Line(text, $"--{boundary}--");
        var content = new ByteArrayContent(Utf8.GetBytes(text.ToString()));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/mixed; boundary=\"{boundary}\"");
        return new ServiceRequest(HttpMethod.Post, "$batch") { Content = content }.With("Prefer", "odata.continue-on-error");
    }

    private static void ChangeSet(StringBuilder text, string root, IReadOnlyList<BatchOperation> operations, string boundary)
    {
        Line(text, $"Content-Type: multipart/mixed; boundary=\"{boundary}\"");
        Line(text, "");
        for (var i = 0; i < operations.Count; i++)
        {
            Line(text, $"--{boundary}");
            Operation(text, root, operations[i], i + 1);
        }

        Line(text, $"--{boundary}--");
        Line(text, "");
    }

    private static void Operation(StringBuilder text, string root, BatchOperation operation, int? contentId)
    {
        Line(text, "Content-Type: application/http");
        Line(text, "Content-Transfer-Encoding: binary");
        if (contentId is { } id)
            Line(text, $"Content-ID: {id}");
        Line(text, "");
        Line(text, $"{operation.Method.Method} {root}{operation.Path} HTTP/1.1");
        if (operation.Body is not null)
            Line(text, "Content-Type: application/json; type=entry");
        if (operation.IfMatch is { } match)
            Line(text, $"If-Match: {match}");
        if (operation.Prefer is { } prefer)
            Line(text, $"Prefer: {prefer}");
        Line(text, "");
        Line(text, operation.Body?.ToJsonString() ?? "");
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append("\r\n");
}

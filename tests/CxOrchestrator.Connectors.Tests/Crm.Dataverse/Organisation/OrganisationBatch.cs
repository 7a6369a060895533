using System.Text;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;

/// <summary>Takes a <c>$batch</c> apart and puts the answers together. Strict: lines end in CRLF.</summary>
internal sealed class OrganisationBatch(DataverseOrganisation organisation)
{
    public OrganisationAnswer Run(OrganisationCall call)
    {
        var type = call.Header("Content-Type") ?? "";
        var text = Encoding.Latin1.GetString(call.Body);
        if (!type.StartsWith("multipart/mixed;", StringComparison.Ordinal) || text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n'))
            return OrganisationAnswer.Error(400, "", "The batch is malformed.");
        var goOn = (call.Header("Prefer") ?? "").Contains("odata.continue-on-error", StringComparison.Ordinal);
        var answers = new StringBuilder();
        var operations = 0;
        foreach (var part in Parts(text, Boundary(type)))
        {
            var (headers, content) = Split(part);
            var failed = false;
            answers.Append("--batchresponse_1\r\n");
            if (headers["Content-Type"].StartsWith("multipart/mixed", StringComparison.Ordinal))
                failed = !ChangeSet(Parts(content, Boundary(headers["Content-Type"])).ToList(), answers, ref operations);
            else
            {
                operations++;
                var answer = organisation.Execute(Inner(content), null);
                failed = !answer.IsSuccess;
                Write(answers, answer, null);
            }

            if (failed && !goOn)
                return OrganisationAnswer.Error(400, "", "The first failure ends it.");
        }

        if (operations > 1000)
            return OrganisationAnswer.Error(400, "0x80044500", "A batch has 1000 operations at most.");
        answers.Append("--batchresponse_1--\r\n");
        return new OrganisationAnswer(200, Encoding.Latin1.GetBytes(answers.ToString()), [new("Content-Type", "multipart/mixed; boundary=batchresponse_1")]);
    }

    private bool ChangeSet(List<string> parts, StringBuilder answers, ref int operations)
    {
        var writes = new OrganisationWrites(organisation);
        var inner = new StringBuilder("Content-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n");
        foreach (var part in parts)
        {
            operations++;
            var (headers, content) = Split(part);
            var answer = organisation.Execute(Inner(content), writes);
            if (!answer.IsSuccess)
            {
                // One answer for all of it, and nothing was done.
                writes.RollBack();
                Write(answers, answer, null);
                return false;
            }

            inner.Append("--changesetresponse_1\r\n");
            Write(inner, answer, headers["Content-ID"]);
        }

        answers.Append(inner).Append("--changesetresponse_1--\r\n");
        return true;
    }

    private static OrganisationCall Inner(string text)
    {
        var line = text[..text.IndexOf("\r\n", StringComparison.Ordinal)].Split(' ');
        var (headers, body) = Split(text[(text.IndexOf("\r\n", StringComparison.Ordinal) + 2)..]);
        const string root = DataverseOrganisation.Root;
        // An address may be whole, or begin at the host's root.
        var at = line.Length == 3 ? line[1].IndexOf(root, StringComparison.Ordinal) : -1;
        if (line is not [_, _, "HTTP/1.1"] || at < 0 || (at > 0 && !line[1].StartsWith("http://", StringComparison.Ordinal)))
            throw new FormatException($"not a request line: {string.Join(' ', line)}");
        return new OrganisationCall(line[0], line[1][(at + root.Length)..], headers, Encoding.Latin1.GetBytes(body.TrimEnd('\r', '\n')));
    }

    private static void Write(StringBuilder text, OrganisationAnswer answer, string? contentId)
    {
        text.Append("Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
        if (contentId is not null)
            text.Append("Content-ID: ").Append(contentId).Append("\r\n");
        text.Append("\r\nHTTP/1.1 ").Append(answer.Status).Append(" Answer\r\nOData-Version: 4.0\r\n");
        foreach (var (name, value) in answer.Headers)
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        text.Append("\r\n").Append(Encoding.Latin1.GetString(answer.Body)).Append("\r\n");
    }

    private static string Boundary(string type) => type[(type.IndexOf("boundary=", StringComparison.Ordinal) + 9)..].Trim('"');

    private static IEnumerable<string> Parts(string text, string boundary)
    {
        var parts = ("\r\n" + text).Split($"\r\n--{boundary}");
        return parts.Skip(1).TakeWhile(part => !part.StartsWith("--", StringComparison.Ordinal)).Select(part => part[2..]);
    }

    private static (Dictionary<string, string> Headers, string Content) Split(string part)
    {
        var end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = end < 0 ? part : part[..end];
        var headers = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return (headers, end < 0 ? "" : part[(end + 4)..]);
    }
}

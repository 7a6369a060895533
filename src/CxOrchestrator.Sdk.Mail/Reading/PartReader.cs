namespace CxOrchestrator.Sdk.Mail;

/// <summary>Takes a message apart, within limits.</summary>
internal sealed class PartReader(MailReadLimits limits)
{
    private int _parts;

    /// <summary>Reads the whole message.</summary>
    public MailPart Read(ReadOnlyMemory<byte> message) => Read(message, 0, "text/plain");

    private MailPart Read(ReadOnlyMemory<byte> bytes, int depth, string byDefault)
    {
        _parts++;
        var (headers, start) = HeaderReader.Read(bytes.Span, limits);
        var type = MediaType.Read(headers["Content-Type"], byDefault);
        var body = bytes[start..];
        if (depth < limits.Depth)
        {
            if (type.Name.StartsWith("multipart/", StringComparison.Ordinal) && type["boundary"] is { Length: > 0 and <= 200 } boundary)
            {
                return new MailPart(headers, type, ReadOnlyMemory<byte>.Empty, Split(body, boundary, depth, type.Name));
            }

            if (type.Name is "message/rfc822" or "message/global")
            {
                var whole = TransferDecoding.Decode(body, headers["Content-Transfer-Encoding"]);
                return new MailPart(headers, type, whole, _parts < limits.Parts ? [Read(whole, depth + 1, "text/plain")] : []);
            }
        }

        return new MailPart(headers, type, TransferDecoding.Decode(body, headers["Content-Transfer-Encoding"]), []);
    }

    private List<MailPart> Split(ReadOnlyMemory<byte> body, string boundary, int depth, string type)
    {
        var byDefault = type == "multipart/digest" ? "message/rfc822" : "text/plain";
        var parts = new List<MailPart>();
        foreach (var piece in Boundary.Split(body, boundary, limits.Parts))
        {
            if (_parts >= limits.Parts)
            {
                break;
            }

            parts.Add(Read(piece, depth + 1, byDefault));
        }

        return parts;
    }
}

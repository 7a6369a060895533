namespace CxOrchestrator.Sdk.Mail;

/// <summary>
/// Finds which delivery a message is about: by the address that it came to, the ENVID of a report, our header or our Message-ID in what
/// it returns, and the Message-ID that it answers.
/// </summary>
internal sealed class DeliveryTrace(InboundRules rules)
{
    private static readonly string[] AddressHeaders = ["To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"];

    /// <summary>The delivery of an answer.</summary>
    public TraceResult OfAnswer(MailPart mail) => First([.. FromAddresses(mail), .. FromReferences(mail.Headers)]);

    /// <summary>The delivery of a report of non-delivery.</summary>
    public TraceResult OfReport(MailPart mail, DeliveryReport report) =>
        First([.. FromAddresses(mail), EnvelopeIds.Read(report.EnvelopeId), .. FromOriginal(report.Original), .. FromReferences(mail.Headers)]);

    /// <summary>The delivery of a complaint.</summary>
    public TraceResult OfComplaint(MailPart mail, ComplaintReport report) =>
        First([FromAddress(report.MailFrom), .. FromOriginal(report.Original), .. FromReferences(mail.Headers)]);

    // A seal that is not ours ends the search: whoever made it up can make up the rest.
    private static TraceResult First(IEnumerable<TraceResult> found) =>
        found.FirstOrDefault(result => result.IsForged || result.DeliveryKey is not null) ?? TraceResult.Nothing;

    private IEnumerable<TraceResult> FromAddresses(MailPart mail) =>
        AddressHeaders.SelectMany(mail.Headers.Addresses).Select(address => FromAddress(address.Address));

    private TraceResult FromAddress(string? address) =>
        address is null || rules.Bounces is null ? TraceResult.Nothing : rules.Bounces.Read(address.Trim().Trim('<', '>'));

    private IEnumerable<TraceResult> FromOriginal(MailHeaders? original) => original is null
        ? []
        : original.Values("Return-Path").Select(FromAddress)
            .Concat(original.Values(LetterHeaders.Delivery).Select(TraceResult.Of))
            .Concat(original.Values("Message-ID").SelectMany(Ids).Select(FromMessageId));

    private IEnumerable<TraceResult> FromReferences(MailHeaders headers) =>
        headers.Values("In-Reply-To").Concat(headers.Values("References")).SelectMany(value => Ids(value).Reverse()).Select(FromMessageId);

    private TraceResult FromMessageId(string id)
    {
        if (rules.KeyOfMessageId?.Invoke(id) is { } known)
        {
            return TraceResult.Of(known);
        }

        var at = id.LastIndexOf('@');
        return at > 0 && rules.MessageIdDomain is { Length: > 0 } ours && Mailbox.TryDomain(ours, out var domain)
            && id[(at + 1)..].Equals(domain, StringComparison.OrdinalIgnoreCase)
            ? TraceResult.Of(id[..at])
            : TraceResult.Nothing;
    }

    private static IEnumerable<string> Ids(string value) =>
        value.Split([' ', '\t', ',', '<', '>'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Contains('@', StringComparison.Ordinal)).Take(100);
}

using System.Globalization;
using System.Text.RegularExpressions;
using CxOrchestrator.Plugins.SmsTwilio.Facts;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.SmsTwilio.Webhooks;

/// <summary>Takes status callbacks and people's messages, which Twilio posts to one address of ours.</summary>
internal sealed partial class WebhookDesk(TwilioSettings settings, Uri? configured, MessageFacts facts, TimeProvider time)
{
    // Says nothing to the person: Twilio has already answered STOP, START and HELP itself, and everything else is ours to answer by a journey.
    private const string NoAnswer = """<?xml version="1.0" encoding="UTF-8"?><Response/>""";

    // Journal rows and keys of ours are far shorter; whoever called us with more is not to be believed.
    private const int MostKeyCharacters = 200;

    private readonly SignatureCheck _signature = new(
        configured,
        isRewritten: settings.PublicUrl is not null,
        settings.SecondAuthToken is { IsEmpty: false } second ? [settings.AuthToken!, second] : [settings.AuthToken!]);

    /// <summary>Verifies a request and reads it.</summary>
    public WebhookResult Receive(WebhookRequest request)
    {
        if (request.Method is not ("POST" or "GET") || _signature.Verify(request) is not { } fields)
            return WebhookResult.Refused;
        // A sub-account signs with a token of its own, but two accounts may have been given the same address.
        if (fields["AccountSid"] is { } account && account != settings.AccountSid)
            return WebhookResult.Refused;
        return new WebhookResult(true, [.. Read(fields, request.Url)], 200, NoAnswer) { ReplyType = "text/xml; charset=utf-8" };
    }

    // What can't be understood is not an error: Twilio adds fields and kinds of calls without notice.
    private IEnumerable<ConnectorEvent> Read(SignedFields fields, Uri url)
    {
        var sid = fields["MessageSid"] ?? fields["SmsSid"];
        if (fields["AccountSid"] is null || sid is null || !SidForm().IsMatch(sid))
            return [];
        var status = fields["MessageStatus"];
        if (status is null || status.Equals("received", StringComparison.OrdinalIgnoreCase))
            return fields["From"] is null || fields["Body"] is null ? [] : facts.OfAnswer(Answer(fields, sid));
        return facts.OfStatus(new StatusReport(sid, status, fields["To"], time.GetUtcNow())
        {
            Key = Key(url),
            ErrorCode = int.TryParse(fields["ErrorCode"], NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code > 0 ? code : null,
        });
    }

    private PersonsMessage Answer(SignedFields fields, string sid) =>
        new(sid, fields["From"], fields["Body"]!, time.GetUtcNow()) { OptOutType = fields["OptOutType"] };

    private static string? Key(Uri url) =>
        SignedFields.Form(url.Query.TrimStart('?'))?["key"] is { Length: > 0 and <= MostKeyCharacters } key ? key : null;

    [GeneratedRegex(@"\A(SM|MM)[0-9a-fA-F]{32}\z")]
    private static partial Regex SidForm();
}

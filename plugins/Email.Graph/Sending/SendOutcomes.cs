using System.Text.Json;
using CxOrchestrator.Plugins.EmailGraph.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.EmailGraph.Sending;

/// <summary>What Graph's answers to sendMail mean; what is not here goes by its status.</summary>
internal static class SendOutcomes
{
    // The mailbox can't send now, whatever the message: to reject would lose all messages over one setting.
    private static readonly HashSet<string> MailboxCant = new(
        ["ErrorQuotaExceeded", "ErrorMailboxStoreUnavailable", "ErrorSendAsDenied", "ErrorExceededMessageLimit", "ErrorInvalidUser", "MailboxNotEnabledForRESTAPI"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The result of an answer; null leaves it to the status.</summary>
    public static SendResult? Of(ServiceReply reply)
    {
        // Taken, and nothing more: the answer has no body and no id of the message. Its request id is what Microsoft's support asks for.
        if (reply.Status == 202)
            return SendResult.Accepted(reply.Header("request-id"));
        var code = Code(reply);
        return reply.Status switch
        {
            >= 500 or < 400 => null,
            _ when MailboxCant.Contains(code) => SendResult.Deferred($"{reply.Summary}: the mailbox can't send now ({code})", reply.RetryAfter),
            404 => SendResult.Deferred($"{reply.Summary}: is there no such mailbox? Check Mailbox.", reply.RetryAfter),
            413 => SendResult.Rejected(code.Length > 0 ? code : "http-413", "The message is longer than Graph takes."),
            400 when code.Equals("ErrorInvalidRecipients", StringComparison.OrdinalIgnoreCase) =>
                SendResult.Rejected(code, "Exchange can't use the recipient's address.", addressInvalid: true),
            400 when code.Length > 0 => SendResult.Rejected(code, $"{reply.Summary} ({code})"),
            _ => null,
        };
    }

    private static string Code(ServiceReply reply) =>
        reply.TryJson(out var json) && json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
            ? GraphCalls.Name(code.GetString())
            : "";
}

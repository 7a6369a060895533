using System.Text.Json;
using CxOrchestrator.Plugins.SmsTwilio.Api;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.SmsTwilio.Sending;

/// <summary>Turns what Twilio answers to a creation into what became of the message.</summary>
internal static class Outcomes
{
    /// <summary>What Twilio's own rules say; null leaves it to the status.</summary>
    public static SendResult? OfCreation(ServiceReply reply) => reply switch
    {
        { IsSuccess: true } => OfSuccess(reply),
        // Whatever code a 5xx carries, the message may have been taken before it.
        { Status: >= 400 and < 500 } => OfRefusal(reply),
        _ => null,
    };

    /// <summary>What became of a message that Twilio has.</summary>
    public static SendResult Of(TwilioMessage message) => message.Status switch
    {
        "failed" or "undelivered" => Refused(ErrorCode.Of(message.ErrorCode ?? 30008)),
        "canceled" => SendResult.Rejected("canceled", "the message was cancelled at Twilio"),
        _ => SendResult.Accepted(message.Sid),
    };

    private static SendResult OfSuccess(ServiceReply reply)
    {
        var message = reply.TryJson(out var json) ? TwilioMessage.Of(json) : null;
        // A hotel's log-in page answers 200 too.
        return message is { Sid.Length: 34 } ? Of(message) : SendResult.Unknown($"{reply.Summary}, but not with a message");
    }

    private static SendResult? OfRefusal(ServiceReply reply)
    {
        if (Code(reply) is not { } number)
            return null;
        var code = ErrorCode.Of(number);
        return code.Fault switch
        {
            ErrorFault.Busy or ErrorFault.Connection => SendResult.Deferred(code.Text, reply.RetryAfter),
            // A code that is not about the message does not overrule the status.
            ErrorFault.Message when reply.Status is 401 or 403 or 408 or 429 => null,
            _ => Refused(code),
        };
    }

    // The contract has one way to say that a number must not be used again: it is the right one for a person who said STOP as well.
    private static SendResult Refused(ErrorCode code) =>
        SendResult.Rejected(code.Code, code.Text, code.Fault is ErrorFault.Address or ErrorFault.OptedOut);

    private static int? Code(ServiceReply reply) =>
        reply.TryJson(out var json) && json.ValueKind == JsonValueKind.Object && json.TryGetProperty("code", out var code)
        && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number)
            ? number
            : null;
}

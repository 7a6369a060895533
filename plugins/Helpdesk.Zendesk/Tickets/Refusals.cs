using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.HelpdeskZendesk.Tickets;

/// <summary>What Zendesk's errors mean. Its descriptions may hold what was sent, so only the error's name is shown.</summary>
internal static class Refusals
{
    /// <summary>The result of a reply that is no success; null leaves it to the status alone.</summary>
    public static WriteResult? Of(ServiceReply reply) => reply.Status switch
    {
        404 => WriteResult.Refused("not-found", "Zendesk has no such ticket."),
        409 => WriteResult.Retry("somebody else changed the ticket at the same moment"),
        422 when Code(reply) is { } code => WriteResult.Refused(code, $"Zendesk refuses it: {code}. Closed tickets can't be changed; required fields must be filled."),
        _ => null,
    };

    /// <summary>The error's name, where it is one word as Zendesk's are.</summary>
    public static string? Code(ServiceReply reply)
    {
        var code = reply.TryJson(out var json) ? json.Text("error") ?? json.Find("error")?.Text("title") : null;
        return code is { Length: > 0 and <= 60 } && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-') ? code : null;
    }
}

using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.SmsTwilio.Facts;

/// <summary>What one of Twilio's statuses of a message is told as.</summary>
/// <param name="Name">The part of the event's id that tells it from the message's other events.</param>
/// <param name="Type">The event's type.</param>
/// <param name="Rank">
/// How far the message has come. Reports arrive in any order and more than once; a higher rank is never undone by a lower one. Nothing is kept here
/// to drop late ones by: a report that we forgot to store would then be lost when Twilio repeats it.
/// </param>
internal sealed record MessageStatus(string Name, string Type, int Rank)
{
    /// <summary>Null for a status of which there is nothing to tell: the steps within Twilio, those of inbound messages, those that Twilio may invent.</summary>
    public static MessageStatus? Of(string? status) => status?.ToLowerInvariant() switch
    {
        "sent" => new("sent", ServiceFacts.MessageSent, 1),
        "partially_delivered" => new("partially_delivered", ServiceFacts.MessageSent, 1),
        "failed" => new("failed", ServiceFacts.MessageFailed, 2),
        "undelivered" => new("undelivered", ServiceFacts.MessageFailed, 2),
        "canceled" => new("canceled", ServiceFacts.MessageFailed, 2),
        "delivered" => new("delivered", ServiceFacts.MessageDelivered, 3),
        "read" => new("read", ServiceFacts.MessageRead, 4),
        _ => null,
    };
}

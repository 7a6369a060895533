using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Inbound;

/// <summary>
/// What the host itself does about a fact, beside what journeys do. The effects go with the event's own commit, and each is such that a second commit of
/// it changes nothing: an event that is decided anew, told twice or told late does no harm.
/// </summary>
internal static class FactRules
{
    /// <summary>Adds what it does, and says it in words; null where the host does nothing about it.</summary>
    public static string? Decide(CustomerEvent fact, Customer? customer, FactMaterial material, EffectCollector effects, DateTimeOffset now)
    {
        if (ChangedAnswers.IsOne(fact))
            return ChangedAnswers.Decide(fact, material, effects, now);
        if (!material.Told.Contains(fact.Id))
            return null;
        // A clock that runs ahead over there must not outrank what the customer says here a minute later.
        var told = fact.Time > now ? fact with { Time = now } : fact;
        var delivery = told.DeliveryId is { } id ? material.Deliveries.GetValueOrDefault(id) : null;
        return told.Type switch
        {
            ServiceFacts.MessageSent => MessageFacts.Came(told, delivery, Engagement.None, "it was sent on", effects, now),
            ServiceFacts.MessageDelivered => MessageFacts.Came(told, delivery, Engagement.Delivered, "it was delivered", effects, now),
            ServiceFacts.MessageRead => MessageFacts.Came(told, delivery, Engagement.Read, "it was read", effects, now),
            ServiceFacts.MessageReplied => MessageFacts.Came(told, delivery, Engagement.Delivered, "the customer replied to it", effects, now),
            ServiceFacts.MessageDelayed => MessageFacts.Came(told, delivery, Engagement.Delayed, "it is late and still being tried", effects, now),
            ServiceFacts.MessageFailed => MessageFacts.Failed(told, delivery, customer, effects, now),
            ServiceFacts.ContactOptedOut or ServiceFacts.ContactOptedIn or ServiceFacts.ContactComplained =>
                ContactFacts.Decide(told, delivery, customer, material, effects, now),
            ServiceFacts.CrmChanged => ChangeFacts.Person(told, effects, now),
            ServiceFacts.TicketChanged => ChangeFacts.Ticket(told, effects, now),
            _ => null,
        };
    }
}

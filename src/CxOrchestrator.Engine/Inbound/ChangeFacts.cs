using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Engine.Inbound;

/// <summary>
/// Something has changed over there. What a service says about it may be trimmed, late or overtaken, so the record is read again: an errand, because the
/// service may be out of reach now.
/// </summary>
internal static class ChangeFacts
{
    /// <summary>A person of a CRM.</summary>
    public static string Person(CustomerEvent fact, EffectCollector effects, DateTimeOffset now)
    {
        effects.Errands.Add(Errand.Person(fact.Source, fact.Subject, now));
        return $"the record is read again from {fact.Source}";
    }

    /// <summary>A ticket of a helpdesk.</summary>
    public static string Ticket(CustomerEvent fact, EffectCollector effects, DateTimeOffset now)
    {
        if (fact.Text("ticket") is not { } ticket)
            return "it names no ticket";
        effects.Errands.Add(Errand.Ticket(fact.Source, ticket, now) with { Text = fact.Text("state") ?? "" });
        return $"ticket {ticket} is read again from {fact.Source}";
    }
}

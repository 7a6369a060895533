using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Moments;

namespace CxOrchestrator.Engine.Moments;

/// <summary>Puts silences off that an event breaks, in the event's own commit: looking at who is silent then reads none but those who are.</summary>
internal sealed class SilenceWatch(IPublishedContent content, MomentRule rule)
{
    /// <summary>Adds when each silence that the event breaks will have been long enough, if nothing else breaks it.</summary>
    public void Decide(CustomerEvent fact, Customer? customer, EffectCollector effects)
    {
        if (customer is null)
            return;
        foreach (var journey in content.Journeys.Values)
        {
            if (journey.Trigger is SilenceTrigger silence && silence.Of == fact.Type)
                effects.Silences.Add(new Moment(journey.Key, customer.Id, rule.EndOf(silence, fact.Time, customer), fact.Time));
        }
    }
}

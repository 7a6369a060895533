using System.Text.Json;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Triggers;

/// <summary>What the conditions of a journey see when an event arrives.</summary>
internal static class EventModel
{
    /// <summary>An event as an enrolment carries it.</summary>
    public static JsonElement Carried(CustomerEvent fact) => JsonSerializer.SerializeToElement(new
    {
        type = fact.Type,
        source = fact.Source,
        id = fact.SourceId,
        time = fact.Time,
        data = fact.Data,
    });

    /// <summary>The model with <c>event</c> for the arriving one; an answer is <c>answer</c> too.</summary>
    public static Dictionary<string, object?> Of(
        CustomerEvent fact, Customer customer, EnrolmentContext context, Journey journey)
    {
        var seen = context with { Event = Carried(fact) };
        if (fact.Type == EventTypes.SurveyAnswered)
            seen = seen with { Answer = fact.Data };
        return TemplateModels.ForJourney(customer, seen, journey.Key, journey.Touchpoint);
    }
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Engine.Doctor;

/// <summary>Finds journeys that nobody can enter.</summary>
internal sealed class JourneyExam(ISymptomStore symptoms, IPublishedContent content, CoreSettings settings, Clocks clocks)
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(30);

    /// <summary>Journeys whose trigger nobody tells, and those whose trigger has not been seen for long.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation)
    {
        var byType = content.Journeys.Values.Where(journey => journey.Trigger is EventTrigger)
            .ToLookup(journey => ((EventTrigger)journey.Trigger).On, StringComparer.Ordinal);
        var unseen = await symptoms.NotSeenAsync([.. byType.Select(group => group.Key)], clocks.Now - Long, cancellation);
        return [.. unseen.Order(StringComparer.Ordinal).SelectMany(type => byType[type].Select(journey => Of(journey, type)))];
    }

    private Finding Of(Journey journey, string type)
    {
        if (IsTold(type))
        {
            return new Finding(
                $"nobody can have entered {journey.Key}: no {type} was received for {Long.TotalDays:0} days", 1, null,
                "Where it should have come, look at what sends it; events come in by POST /api/events, cxo events import, or a connection.", NeedsPerson: false);
        }

        var near = Nearest.Hint(type, settings.EventTypes.Concat(EventTypes.Own).Concat(EventTypes.ToldByServices));
        return new Finding(
            $"nobody can enter {journey.Key}: nothing is set up to tell {type}", 1, null,
            $"Put {type} into Events:Types once a source sends it, or correct the trigger and publish: cxo journeys publish.{near}", NeedsPerson: true);
    }

    private bool IsTold(string type) =>
        settings.EventTypes.Contains(type) || EventTypes.Own.Contains(type) || EventTypes.ToldByServices.Contains(type)
        || content.Journeys.Values.Any(journey => journey.Steps.OfType<EmitStep>().Any(step => step.Type == type));
}

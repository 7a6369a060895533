using System.Collections.Frozen;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Engine.Intake;

/// <summary>The types of event that are known: those of the settings, our own, and those that published journeys name.</summary>
public sealed class EventTypeList(CoreSettings settings, IPublishedContent content)
{
    private Seen? _seen;

    /// <summary>All that are known now; call after <see cref="IPublishedContent.RefreshAsync"/>.</summary>
    public IReadOnlySet<string> Known()
    {
        var journeys = content.Journeys;
        // The content gives a new map with every publication, and only then.
        if (Volatile.Read(ref _seen) is { } seen && ReferenceEquals(journeys, seen.Journeys))
            return seen.Types;
        IEnumerable<string> types = [.. settings.EventTypes, .. EventTypes.Own, .. journeys.Values.SelectMany(TypesOf)];
        var now = new Seen(journeys, types.ToFrozenSet(StringComparer.Ordinal));
        Volatile.Write(ref _seen, now);
        return now.Types;
    }

    private static IEnumerable<string> TypesOf(Journey journey)
    {
        if (journey.Trigger is EventTrigger trigger)
            yield return trigger.On;
        if (journey.Trigger is SilenceTrigger silence)
            yield return silence.Of;
        if (journey.Goal is { } goal)
            yield return goal.On;
        foreach (var exit in journey.Exits)
            yield return exit.On;
        foreach (var step in journey.Steps)
        {
            if (step is WaitForStep wait)
                yield return wait.On;
            else if (step is EmitStep emit)
                yield return emit.Type;
        }
    }

    private sealed record Seen(IReadOnlyDictionary<string, Journey> Journeys, FrozenSet<string> Types);
}

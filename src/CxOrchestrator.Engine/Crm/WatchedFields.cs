using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Crm;

/// <summary>The fields of customers whose change a published journey asks for: what it begins with, waits for, ends by, or has as its goal.</summary>
internal sealed class WatchedFields(IPublishedContent content)
{
    private Seen? _seen;

    /// <summary>All of them, as of what is published now.</summary>
    public async ValueTask<IReadOnlyCollection<string>> AllAsync(CancellationToken cancellation)
    {
        await content.RefreshAsync(cancellation);
        var journeys = content.Journeys;
        // The content gives a new map with every publication, and only then.
        if (Volatile.Read(ref _seen) is { } seen && ReferenceEquals(journeys, seen.Journeys))
            return seen.Fields;
        var now = new Seen(journeys, journeys.Values.SelectMany(TypesOf).Select(EventTypes.ChangedField).OfType<string>().ToHashSet(StringComparer.Ordinal));
        Volatile.Write(ref _seen, now);
        return now.Fields;
    }

    private static IEnumerable<string> TypesOf(Journey journey) =>
        journey.Exits.Append(journey.Goal).OfType<EventRule>().Select(rule => rule.On)
            .Concat(journey.Steps.OfType<WaitForStep>().Select(step => step.On))
            .Concat(journey.Trigger is EventTrigger trigger ? [trigger.On] : []);

    private sealed record Seen(IReadOnlyDictionary<string, Journey> Journeys, HashSet<string> Fields);
}

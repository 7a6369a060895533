using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Explaining;

/// <summary>Which events came, and what each did to the journey.</summary>
internal static class EventTelling
{
    /// <summary>The section.</summary>
    public static ExplainedSection Of(Chain chain)
    {
        IEnumerable<DecidedEvent> told = chain.About is null
            ? chain.Facts.Events.Concat(chain.Facts.Strangers).Where(one => Matters(chain, one))
            : chain.AboutIsTheirs ? [chain.Facts.About!] : [];
        var lines = told.OrderBy(one => one.Event.Time).ThenBy(one => one.Event.ReceivedAt).SelectMany(Lines).ToList();
        if (chain.About is null && chain.Facts.Events.Count >= ExplainFacts.Most)
            lines.Insert(0, new ExplainedLine(null, "event", $"the newest {ExplainFacts.Most} events were looked at; there may be older ones"));
        if (lines.Count == 0)
            lines.AddRange(Instead(chain));
        return new ExplainedSection("Events", lines);
    }

    private static bool Matters(Chain chain, DecidedEvent one) =>
        one.Decisions.Any(decision => decision.Journey == chain.Key) || (chain.InForce?.Trigger is EventTrigger trigger && trigger.Hears(one.Event, chain.Key));

    private static IEnumerable<ExplainedLine> Lines(DecidedEvent one)
    {
        var fact = one.Event;
        var name = $"{fact.Type} ({fact.Source}/{fact.SourceId})";
        var own = one.Decisions.Where(decision => decision.Journey.Length > 0).ToList();
        if (own.Count == 0)
            return [new ExplainedLine(fact.Time, "event", NoWalkEnd.Of(one).Reason)];
        return own.Select(decision => new ExplainedLine(fact.Time, "event", $"{name}: {Words.Of(decision.Outcome)}: {decision.Reason}"));
    }

    // Nothing came that the journey is about: what came at all says more than nothing.
    private static IEnumerable<ExplainedLine> Instead(Chain chain)
    {
        yield return new ExplainedLine(null, "event", "none that this journey has to do with");
        foreach (var one in chain.Facts.Events.Where(one => one.Event.Source != EventTypes.OwnSource).Take(3).Reverse())
            yield return new ExplainedLine(one.Event.Time, "event", $"{one.Event.Type} ({one.Event.Source}/{one.Event.SourceId}) came, which does nothing here");
    }
}

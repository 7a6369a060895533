using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Moments;

namespace CxOrchestrator.Engine.Moments;

/// <summary>Which journeys have moments: begins to plan those that were published, plans anew those whose trigger has changed, and lets go of the others.</summary>
internal sealed class MomentPlans(IPublishedContent content, IMomentStore store, Clocks clocks, EngineOptions options)
{
    /// <summary>The triggers in force that look at moments, by journey.</summary>
    public IReadOnlyDictionary<string, EventTrigger> Triggers() => content.Journeys.Values
        .Where(journey => journey.Trigger is DateTrigger or SilenceTrigger)
        .ToDictionary(journey => journey.Key, journey => (EventTrigger)journey.Trigger, StringComparer.Ordinal);

    /// <summary>Whether the plans are those of the triggers.</summary>
    public static bool Fit(IReadOnlyList<MomentPlan> plans, IReadOnlyDictionary<string, EventTrigger> triggers) =>
        plans.Count == triggers.Count && plans.All(plan => triggers.TryGetValue(plan.Journey, out var trigger) && plan.Rule == TriggerWords.Of(trigger));

    /// <summary>Makes them so; gives how much was done.</summary>
    public async Task<int> KeepAsync(IReadOnlyList<MomentPlan> plans, IReadOnlyDictionary<string, EventTrigger> triggers)
    {
        var done = 0;
        foreach (var gone in plans.Where(plan => !triggers.ContainsKey(plan.Journey)))
            done += 1 + await store.EndAsync(gone.Journey, options.MomentPage * 10, CancellationToken.None);
        foreach (var (journey, trigger) in triggers)
        {
            var rule = TriggerWords.Of(trigger);
            if (plans.Any(plan => plan.Journey == journey && plan.Rule == rule))
                continue;
            await store.StartAsync(new MomentPlan(journey, rule, clocks.Now, null, false), CancellationToken.None);
            done++;
        }

        return done;
    }
}

using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Triggers;
using CxOrchestrator.Engine.Walking;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Schedules;

/// <summary>
/// Enrols customers for a run of a schedule and walks them to their first wait, all in one commit: a million who begin need not be stored twice. What the
/// re-entry rule refuses is left out with all that its walk would leave.
/// </summary>
internal sealed class CampaignRun(EntryRule entry, WalkGuard walks, IWork work, ILogger<CampaignRun> log)
{
    /// <summary>What of customers enrolling them reads.</summary>
    public static CustomerParts Reads(Journey journey, ScheduleTrigger trigger) =>
        CustomerReads.Of(journey) | CustomerReads.Of([trigger.When, (journey.Reentry as Reentry.Per)?.Value]);

    /// <summary>Enrols those whom the condition and the re-entry rule let in; gives how many, and what they leave behind.</summary>
    public async Task<(int Enrolled, EffectCollector Effects)> EnrolAsync(
        Journey journey, ScheduleTrigger trigger, DateTimeOffset run, IReadOnlyList<Customer> customers, DateTimeOffset now)
    {
        var occasion = $"run/{run.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";
        var context = new EnrolmentContext { Event = JsonSerializer.SerializeToElement(new { type = "schedule", time = run, data = new { } }) };
        var asks = trigger.When is not null || journey.Reentry is Reentry.Per;
        var (effects, own) = (new EffectCollector(), new EffectCollector());
        var faults = new List<string>();
        foreach (var customer in customers)
        {
            var model = asks ? TemplateModels.ForJourney(customer, context, journey.Key, journey.Touchpoint) : [];
            if (!Holds(trigger.When, model, faults))
                continue;
            var slot = entry.SlotOf(journey.Reentry, occasion, customer, model, now);
            if (slot.Fault is { } fault)
            {
                faults.Add(fault);
                continue;
            }

            var walked = await walks.WalkAsync(new Walk(Beginnings.Of(journey, customer, slot, context, now), journey, customer, now, own));
            effects.Enrolments.Add(new Enrol(walked, slot.FreeAgain));
            effects.Add(own);
            own.Clear();
        }

        if (faults.Count > 0)
            log.LogWarning("Journey {Journey}: {Count} customers could not be decided on and are left out; the first: {Fault}", journey.Key, faults.Count, faults[0]);
        var report = await work.CommitAsync(effects.ToEffects(), CancellationToken.None);
        var enrolled = effects.Enrolments.Count - report.RefusedEnrolments.Count;
        WalkMeter.Scheduled(enrolled);
        return (enrolled, effects);
    }

    private static bool Holds(Condition? when, Dictionary<string, object?> model, List<string> faults)
    {
        if (when is null)
            return true;
        var holds = when.Holds(model, out var error);
        if (error is not null)
            faults.Add(error);
        return holds;
    }
}

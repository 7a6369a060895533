using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Triggers;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Schedules;

/// <summary>
/// Enrols the customers of a segment when a journey's schedule says so, a page at a time. How far a run has come stands in the store; a page that is done
/// twice, after a crash or by two nodes, enrols nobody twice, because the run's time is the occasion in the re-entry slot.
/// </summary>
internal sealed class CampaignPass(
    IPublishedContent content, IMarkStore marks, SegmentPages segments, EntryRule entry, IWork work, CoreSettings settings, Clocks clocks, Nudges nudges,
    ILogger<CampaignPass> log) : IPass
{
    /// <inheritdoc/>
    public Work Work => Work.Campaigns;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await content.RefreshAsync(stop);
        var forward = 0;
        foreach (var journey in content.Journeys.Values)
        {
            if (journey.Trigger is ScheduleTrigger trigger && !stop.IsCancellationRequested)
                forward += await GuardedAsync(journey, trigger, stop);
        }

        return forward;
    }

    // One journey's trouble is not another's.
    private async Task<int> GuardedAsync(Journey journey, ScheduleTrigger trigger, CancellationToken stop)
    {
        try
        {
            return await RunAsync(journey, trigger, stop);
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            log.LogError(error, "Journey {Journey}: its schedule failed; it is tried again.", journey.Key);
            return 0;
        }
    }

    private async Task<int> RunAsync(Journey journey, ScheduleTrigger trigger, CancellationToken stop)
    {
        var now = clocks.Now;
        var name = CampaignMark.NameOf(journey);
        if (CampaignMark.Read(await marks.ReadAsync(name, stop), trigger) is not { } mark)
        {
            // Seen for the first time: runs count from now on.
            await marks.WriteAsync(name, new CampaignMark(trigger.Cron, trigger.TimeZone, now, null, null).Write(), stop);
            return 0;
        }

        if (mark.Run is null)
        {
            if (CampaignTimes.NewestRun(trigger, mark.Seen, now) is not { } due)
                return 0;
            if (journey.ClosedAt(due, settings.Business.Zone) is { } closed)
            {
                log.LogInformation("Journey {Journey}: the run of {Run} is left out: {Reason}.", journey.Key, due, closed);
                await marks.WriteAsync(name, (mark with { Seen = due }).Write(), stop);
                return 0;
            }

            log.LogInformation("Journey {Journey}: the run of {Run} begins.", journey.Key, due);
            mark = mark with { Run = due, Cursor = null };
            await marks.WriteAsync(name, mark.Write(), stop);
        }

        if (await segments.ReadAsync(trigger.Segment, mark.Cursor, stop) is not { } page)
            return 0;
        var enrolled = await EnrolAsync(journey, trigger, mark.Run!.Value, page.Customers, now);
        var after = page.Next is null ? mark with { Seen = mark.Run.Value, Run = null, Cursor = null } : mark with { Cursor = page.Next };
        await marks.WriteAsync(name, after.Write(), CancellationToken.None);
        if (enrolled > 0)
            nudges.Nudge(Work.Enrolments);
        return Math.Max(1, enrolled);
    }

    private async Task<int> EnrolAsync(
        Journey journey, ScheduleTrigger trigger, DateTimeOffset run, IReadOnlyList<Customer> customers, DateTimeOffset now)
    {
        var cause = JsonSerializer.SerializeToElement(new { type = "schedule", time = run, data = new { } });
        var context = new EnrolmentContext { Event = cause };
        var effects = new EffectCollector();
        var faults = new List<string>();
        foreach (var customer in customers)
        {
            var model = TemplateModels.ForJourney(customer, context, journey.Key, journey.Touchpoint);
            if (trigger.When is { } when && !when.Holds(model, out var error))
            {
                if (error is not null)
                    faults.Add(error);
                continue;
            }

            var slot = entry.SlotOf(journey.Reentry, $"run/{run.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}", customer, model, now);
            if (slot.Fault is not null)
                faults.Add(slot.Fault);
            else
                effects.Enrolments.Add(new Enrol(Beginnings.Of(journey, customer, slot, context, now), slot.FreeAgain));
        }

        if (faults.Count > 0)
            log.LogWarning("Journey {Journey}: {Count} customers could not be decided on and are left out; the first: {Fault}", journey.Key, faults.Count, faults[0]);
        var report = await work.CommitAsync(effects.ToEffects(), CancellationToken.None);
        return effects.Enrolments.Count - report.RefusedEnrolments.Count;
    }
}

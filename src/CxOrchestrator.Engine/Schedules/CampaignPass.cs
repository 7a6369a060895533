using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Schedules;

/// <summary>
/// Enrols the customers of a segment when a journey's schedule says so, a page at a time. How far a run has come stands in the store; one node at a
/// time moves it on, and keeps its turn while the run goes on. A page that is done twice, after a crash, enrols nobody twice, because the run's time is the occasion in the re-entry slot.
/// </summary>
internal sealed class CampaignPass(
    IPublishedContent content, IMarkStore marks, SegmentPages segments, CampaignRun runs, JourneyStates states, Turns turns, CoreSettings settings, Clocks clocks,
    Nudges nudges, ILogger<CampaignPass> log) : IPass
{
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Work Work => Work.Campaigns;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await content.RefreshAsync(stop);
        await states.RefreshAsync(stop);
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
            if (await TurnAsync(journey.Key, stop) is not { } turn)
                return 0;
            var forward = await RunAsync(journey, trigger, turn, stop);
            if (forward == 0)
                await GiveBackAsync(journey.Key);
            return forward;
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            log.LogError(error, "Journey {Journey}: its schedule failed; it is tried again.", journey.Key);
            await GiveBackAsync(journey.Key);
            return 0;
        }
    }

    private async Task<Turn?> TurnAsync(string journey, CancellationToken stop)
    {
        if (_turns.TryGetValue(journey, out var held) && await held.StillAsync(stop))
            return held;
        _turns.Remove(journey);
        if (await turns.TakeAsync($"campaign/{journey}", TimeSpan.Zero, stop) is not { } turn)
            return null;
        return _turns[journey] = turn;
    }

    private async Task GiveBackAsync(string journey)
    {
        if (_turns.Remove(journey, out var turn))
            await turn.DisposeAsync();
    }

    private async Task<int> RunAsync(Journey journey, ScheduleTrigger trigger, Turn turn, CancellationToken stop)
    {
        var now = clocks.Now;
        var name = CampaignMark.NameOf(journey);
        if (CampaignMark.Read(await marks.ReadAsync(name, stop), trigger) is not { } mark)
        {
            // Seen for the first time: runs count from now on.
            await marks.WriteAsync(name, new CampaignMark(trigger.Cron, trigger.TimeZone, now, null, null).Write(), stop);
            return 0;
        }

        if (states.Closed(journey.Key) is not null)
        {
            // A run that is resumed begins with its first page: the segment's pages may be others by then, and nobody is enrolled twice for one run.
            if (mark.Cursor is not null)
                await marks.WriteAsync(name, (mark with { Cursor = null }).Write(), stop);
            return 0;
        }

        if (mark.Run < states.Of(journey.Key)?.SkipBefore)
            mark = await NotMadeUpAsync(journey, mark, mark.Run.Value);
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

            if (due < states.Of(journey.Key)?.SkipBefore)
            {
                await NotMadeUpAsync(journey, mark, due);
                return 0;
            }

            log.LogInformation("Journey {Journey}: the run of {Run} begins.", journey.Key, due);
            mark = mark with { Run = due, Cursor = null };
            await marks.WriteAsync(name, mark.Write(), stop);
        }

        if (await segments.ReadAsync(trigger.Segment, mark.Cursor, CampaignRun.Reads(journey, trigger), stop) is not { } page)
            return 0;
        var (enrolled, effects) = await runs.EnrolAsync(journey, trigger, mark.Run!.Value, page.Customers, now);
        var after = page.Next is null ? mark with { Seen = mark.Run.Value, Run = null, Cursor = null } : mark with { Cursor = page.Next };
        // Whoever has the turn now has the cursor too.
        if (!await turn.StillAsync(CancellationToken.None))
            return 0;
        await marks.WriteAsync(name, after.Write(), CancellationToken.None);
        if (enrolled > 0)
            nudges.NudgeFor(effects);
        return Math.Max(1, enrolled);
    }

    private async Task<CampaignMark> NotMadeUpAsync(Journey journey, CampaignMark mark, DateTimeOffset run)
    {
        log.LogInformation("Journey {Journey}: what is left of the run of {Run} fell due while it was closed, and is not made up for.", journey.Key, run);
        var after = mark with { Seen = run, Run = null, Cursor = null };
        await marks.WriteAsync(CampaignMark.NameOf(journey), after.Write(), CancellationToken.None);
        return after;
    }
}

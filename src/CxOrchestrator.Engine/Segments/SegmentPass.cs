using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Segments;
using CxOrchestrator.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Segments;

/// <summary>
/// Reads the segments of the CRM that journeys watch, page by page, and tells who came and who left since the reading before; each on one node at a time. A
/// reading that was cut off is begun again: who came stands stored with the event that told it, and nobody has left before a reading came to its end.
/// </summary>
internal sealed class SegmentPass(
    IPublishedContent content, ISegmentStore store, SegmentReading reading, SegmentStart start, Turns turns, Clocks clocks, EngineOptions options,
    Nudges nudges, ILogger<SegmentPass> log) : IPass
{
    private readonly Dictionary<string, SegmentRound> _rounds = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Work Work => Work.Segments;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await content.RefreshAsync(stop);
        var watches = (await store.WatchesAsync(stop)).ToDictionary(watch => watch.Segment, StringComparer.Ordinal);
        var watched = content.Journeys.Values.Where(journey => journey.Trigger is SegmentTrigger)
            .ToLookup(journey => ((SegmentTrigger)journey.Trigger).Segment, StringComparer.Ordinal);
        var forward = 0;
        foreach (var segment in watched)
        {
            if (!stop.IsCancellationRequested)
                forward += await GuardedAsync(segment.Key, watches.GetValueOrDefault(segment.Key), [.. segment], stop);
        }

        foreach (var gone in watches.Keys.Where(segment => !watched.Contains(segment)))
            forward += await ForgetAsync(gone, stop);
        if (forward > 0)
            nudges.Nudge(Work.Events);
        return forward;
    }

    // One segment's trouble is not another's.
    private async Task<int> GuardedAsync(string segment, SegmentWatch? watch, IReadOnlyList<Journey> journeys, CancellationToken stop)
    {
        try
        {
            var read = await ReadAsync(segment, watch, stop);
            return watch is { Known: true } ? read + await start.RunAsync(segment, journeys, stop) : read;
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            log.LogError(error, "Segment {Segment} could not be compared with who was in it before; it is tried again.", segment);
            await EndAsync(segment);
            return 0;
        }
    }

    private async Task<int> ReadAsync(string segment, SegmentWatch? watch, CancellationToken stop)
    {
        if (await RoundAsync(segment, watch, stop) is not { } round)
            return 0;
        switch (await reading.PageAsync(round, stop))
        {
            case SegmentReading.Outcome.NotNow:
                return 0;
            case SegmentReading.Outcome.Lost:
                await EndAsync(segment);
                return 0;
            case SegmentReading.Outcome.Ended:
                await EndAsync(segment);
                return 1;
            default:
                return 1;
        }
    }

    // The round under way on this node, or a new one where it is time.
    private async Task<SegmentRound?> RoundAsync(string segment, SegmentWatch? watch, CancellationToken stop)
    {
        if (_rounds.TryGetValue(segment, out var under))
        {
            if (await under.Turn.StillAsync(stop))
                return under;
            await EndAsync(segment);
        }

        if (!IsTime(watch) || await turns.TakeAsync($"segment/{segment}", TimeSpan.Zero, stop) is not { } turn)
            return null;
        // Another node may have read it since.
        var latest = (await store.WatchesAsync(stop)).FirstOrDefault(one => one.Segment == segment) ?? new SegmentWatch(segment, 0, false, null);
        if (!IsTime(latest))
        {
            await turn.DisposeAsync();
            return null;
        }

        var begun = latest with { Round = latest.Round + 1 };
        await store.PutAsync(begun, CancellationToken.None);
        return _rounds[segment] = new SegmentRound(begun, turn);
    }

    private bool IsTime(SegmentWatch? watch) => watch?.ReadAt is not { } read || clocks.MachineNow >= read + options.SegmentEvery;

    private async Task<int> ForgetAsync(string segment, CancellationToken stop)
    {
        await EndAsync(segment);
        return 1 + await store.ForgetAsync(segment, options.CampaignPage * 10, stop);
    }

    private async Task EndAsync(string segment)
    {
        if (_rounds.Remove(segment, out var round))
            await round.Turn.DisposeAsync();
    }
}

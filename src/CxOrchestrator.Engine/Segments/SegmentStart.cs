using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Segments;
using CxOrchestrator.Engine.Running;

namespace CxOrchestrator.Engine.Segments;

/// <summary>Begins a journey for those who were in its segment before it was published, once, where it says so; a page at a time.</summary>
internal sealed class SegmentStart(ISegmentStore store, IMarkStore marks, Turns turns, Clocks clocks, EngineOptions options)
{
    private const string Done = "done";

    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    /// <summary>Tells a page for each journey that isn't through; gives how many were told of.</summary>
    public async Task<int> RunAsync(string segment, IReadOnlyList<Journey> journeys, CancellationToken stop)
    {
        var told = 0;
        foreach (var journey in journeys.Where(journey => journey.Trigger is SegmentTrigger { Already: true, Leaves: false }))
        {
            var name = $"segment-already/{journey.Key}/{segment}";
            if (!_done.Contains(name) && !stop.IsCancellationRequested)
                told += await PageAsync(journey.Key, segment, name, stop);
        }

        return told;
    }

    private async Task<int> PageAsync(string journey, string segment, string name, CancellationToken stop)
    {
        await using var turn = await turns.TakeAsync(name, TimeSpan.Zero, stop);
        if (turn is null)
            return 0;
        var mark = await marks.ReadAsync(name, stop);
        if (mark == Done)
        {
            _done.Add(name);
            return 0;
        }

        var page = await store.MembersAsync(segment, mark is null ? null : Guid.Parse(mark), options.CampaignPage, stop);
        var events = page.Select(id => SegmentEvent.Of(EventTypes.SegmentEntered, $"segment/already/{journey}/{id:N}/{segment}", id, segment, journey, clocks.Now)).ToList();
        await store.CommitAsync(new SegmentStep(segment, [], [], events), CancellationToken.None);
        await marks.WriteAsync(name, page.Count < options.CampaignPage ? Done : page[^1].ToString("N"), CancellationToken.None);
        return Math.Max(1, page.Count);
    }
}

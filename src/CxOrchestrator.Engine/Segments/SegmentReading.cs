using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Segments;
using CxOrchestrator.Engine.Schedules;

namespace CxOrchestrator.Engine.Segments;

/// <summary>Reads one page of a segment and compares it with who was in it before; with the last page, tells who has left.</summary>
internal sealed class SegmentReading(ISegmentStore store, SegmentPages pages, Clocks clocks, EngineOptions options)
{
    /// <summary>What became of a page.</summary>
    public enum Outcome
    {
        /// <summary>There is another one.</summary>
        More,

        /// <summary>It was the last.</summary>
        Ended,

        /// <summary>The CRM can't be asked now; the page comes again.</summary>
        NotNow,

        /// <summary>Another node has the turn.</summary>
        Lost,
    }

    /// <summary>Reads the next page.</summary>
    public async Task<Outcome> PageAsync(SegmentRound round, CancellationToken stop)
    {
        var watch = round.Watch;
        if (await pages.ReadAsync(watch.Segment, round.Cursor, CustomerParts.Row, stop) is not { } page)
            return Outcome.NotNow;
        if (!await round.Turn.StillAsync(CancellationToken.None))
            return Outcome.Lost;
        var people = page.Customers.Select(customer => customer.Id).Where(round.Seen.Add).ToList();
        var known = await store.AmongAsync(watch.Segment, people, CancellationToken.None);
        var came = people.Where(id => !known.Contains(id)).ToList();
        if (came.Count > 0)
            await store.CommitAsync(new SegmentStep(watch.Segment, came, [], Told(watch, EventTypes.SegmentEntered, "in", came)), CancellationToken.None);
        round.Cursor = page.Next;
        if (page.Next is not null)
            return Outcome.More;
        if (!await LeaveAsync(round))
            return Outcome.Lost;
        await store.PutAsync(watch with { Known = true, ReadAt = clocks.MachineNow }, CancellationToken.None);
        return Outcome.Ended;
    }

    private async Task<bool> LeaveAsync(SegmentRound round)
    {
        var watch = round.Watch;
        Guid? after = null;
        while (await store.MembersAsync(watch.Segment, after, options.CampaignPage, CancellationToken.None) is { Count: > 0 } members)
        {
            if (!await round.Turn.StillAsync(CancellationToken.None))
                return false;
            var left = members.Where(id => !round.Seen.Contains(id)).ToList();
            if (left.Count > 0)
                await store.CommitAsync(new SegmentStep(watch.Segment, [], left, Told(watch, EventTypes.SegmentLeft, "out", left)), CancellationToken.None);
            after = members[^1];
        }

        return true;
    }

    // The first reading says who is in it, not who came.
    private List<CustomerEvent> Told(SegmentWatch watch, string type, string way, List<Guid> people) => !watch.Known
        ? []
        : [.. people.Select(id => SegmentEvent.Of(type, $"segment/{watch.Round}/{way}/{id:N}/{watch.Segment}", id, watch.Segment, null, clocks.Now))];
}

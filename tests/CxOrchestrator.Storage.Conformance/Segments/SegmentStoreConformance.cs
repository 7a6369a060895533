using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Segments;

namespace CxOrchestrator.Storage.Conformance.Segments;

/// <summary>What <see cref="ISegmentStore"/> promises.</summary>
public abstract class SegmentStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task A_watch_stands_as_it_was_last_stored()
    {
        Assert.Empty(await Store.Segments.WatchesAsync(Go));
        await Store.Segments.PutAsync(new SegmentWatch("vip", 1, false, null), Go);
        await Store.Segments.PutAsync(new SegmentWatch("all", 3, true, MachineNoon), Go);
        await Store.Segments.PutAsync(new SegmentWatch("vip", 2, true, MachineNoon), Go);
        Same([new SegmentWatch("all", 3, true, MachineNoon), new SegmentWatch("vip", 2, true, MachineNoon)], await Store.Segments.WatchesAsync(Go));
    }

    [SkippableFact]
    public async Task Who_came_and_left_is_known_with_the_events_that_tell_it()
    {
        var people = Enumerable.Range(0, 5).Select(_ => Some.Key()).ToList();
        await Store.Segments.CommitAsync(new SegmentStep("vip", people, [], []), Go);
        await Store.Segments.CommitAsync(new SegmentStep("other", [people[0]], [], []), Go);
        var left = Some.Event() with { Source = EventTypes.OwnSource, SourceId = "segment/2/out/1/vip", Type = EventTypes.SegmentLeft };

        foreach (var id in (Guid[])[left.Id, Some.Key()])
            await Store.Segments.CommitAsync(new SegmentStep("vip", [people[0]], [people[1], people[3]], [left with { Id = id }]), Go);

        Assert.Equal([people[0], people[2], people[4]], await Store.Segments.MembersAsync("vip", null, 9, Go));
        Assert.Equal([people[2]], await Store.Segments.MembersAsync("vip", people[0], 1, Go));
        Assert.Equal([people[0], people[4]], (await Store.Segments.AmongAsync("vip", [people[0], people[1], people[4]], Go)).OrderBy(id => people.IndexOf(id)));
        Assert.Empty(await Store.Segments.AmongAsync("vip", [], Go));
        Assert.Equal(left.Id, Assert.Single(await Store.Events.ClaimAsync(By(), 9, Go)).Id);
    }

    [SkippableFact]
    public async Task A_segment_that_nobody_watches_is_forgotten_a_page_at_a_time()
    {
        await Store.Segments.PutAsync(new SegmentWatch("vip", 1, true, MachineNoon), Go);
        await Store.Segments.CommitAsync(new SegmentStep("vip", [.. Enumerable.Range(0, 5).Select(_ => Some.Key())], [], []), Go);
        Assert.Equal(3, await Store.Segments.ForgetAsync("vip", 3, Go));
        Assert.Single(await Store.Segments.WatchesAsync(Go));
        Assert.Equal(2, await Store.Segments.ForgetAsync("vip", 3, Go));
        Assert.Empty(await Store.Segments.WatchesAsync(Go));
    }
}

using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Storage.Conformance;

namespace CxOrchestrator.Storage.Tests.Sqlite;

/// <summary>The one writer doesn't wait for a walk: what is walked is leased meanwhile.</summary>
public sealed class WalkLeaseTests : StoreConformance
{
    [SkippableFact]
    public async Task What_a_walk_that_was_cut_off_had_taken_is_nobody_elses_until_its_lease_ends()
    {
        await Store.Work.CommitAsync(new Core.Effects { Enrolments = [new Enrol(Some.Enrolment(), null)] }, Go);

        Assert.Single(await TakeAsync(lease: By("node-a")));
        Assert.Empty(await TakeAsync(lease: By("node-b", seconds: 59)));
        Assert.Single(await TakeAsync(lease: By("node-b", seconds: 60)));
    }

    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

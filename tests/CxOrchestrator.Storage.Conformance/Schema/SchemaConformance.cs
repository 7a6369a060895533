using CxOrchestrator.Core;

namespace CxOrchestrator.Storage.Conformance.Schema;

/// <summary>What <see cref="ISchema"/> promises of a store that is up to date.</summary>
public abstract class SchemaConformance : StoreConformance
{
    [SkippableFact]
    public async Task Nothing_is_pending_after_migrating() => Assert.Empty(await Store.Schema.PendingAsync(Go));

    [SkippableFact]
    public async Task Migrating_again_applies_nothing_and_loses_nothing()
    {
        await Store.Events.AppendAsync([Some.Event()], Go);

        Assert.Empty(await Store.Schema.MigrateAsync(Go));

        Assert.Equal(1, (await Store.Events.CountAsync(Go)).Stored);
    }
}

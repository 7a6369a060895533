using CxOrchestrator.Core.Connections;

namespace CxOrchestrator.Storage.Conformance.Connections;

/// <summary>What <see cref="IPluginStateStore"/> promises.</summary>
public abstract class PluginStateStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task Nothing_is_kept_at_first() => Assert.Empty(await Store.PluginStates.LoadAsync(Go));

    [SkippableFact]
    public async Task The_last_report_of_each_key_is_kept_with_every_field()
    {
        var ready = new StateReport(ConnectionState.Ready, "", Noon, "");
        var quarantined = new StateReport(ConnectionState.Quarantined, "สาม failures", Noon.AddTicks(10), "fix it, then enable it");

        await Store.PluginStates.SaveAsync("plugin:smtp", ready, Go);
        await Store.PluginStates.SaveAsync("connection:smtp", ready, Go);
        await Store.PluginStates.SaveAsync("connection:smtp", quarantined, Go);

        Assert.Equal(
            new Dictionary<string, StateReport> { ["plugin:smtp"] = ready, ["connection:smtp"] = quarantined },
            new Dictionary<string, StateReport>(await Store.PluginStates.LoadAsync(Go)));
    }

    [SkippableFact]
    public async Task What_one_process_keeps_the_next_one_loads()
    {
        await Store.PluginStates.SaveAsync("plugin:smtp", new StateReport(ConnectionState.Disabled, "by an admin", Noon, ""), Go);

        var next = await AnotherProcessAsync();

        Assert.Equal(ConnectionState.Disabled, (await next.PluginStates.LoadAsync(Go))["plugin:smtp"].State);
    }
}

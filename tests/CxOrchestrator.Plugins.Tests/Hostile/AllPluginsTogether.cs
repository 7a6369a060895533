using CxOrchestrator.Core.Connections;

namespace CxOrchestrator.Plugins.Tests.Hostile;

/// <summary>One host that has loaded and probed all hostile plugins and the well-behaved ones, from one folder.</summary>
public sealed class AllPluginsTogether : IAsyncLifetime
{
    private readonly AHost _host = new();

    internal AHost Host => _host;

    public async Task InitializeAsync()
    {
        await _host.WithPluginsAsync();
        foreach (var (key, value) in HostilePlugins.HostilePlugins.Connections())
            _host.With(key, value);

        // A pause before a repetition would be one more timer among those that this has to tell apart.
        _host.With("Guard:ReadRetries", "0");

        var loading = _host.Host.LoadAsync(CancellationToken.None);
        await _host.PassHangingAsync(
            () => _host.Connections.Plugins.Select(plugin => plugin.Report),
            () => _host.Time.PendingTimers == 1,
            "plugins but the hanging one are loaded");
        await _host.PassHangingAsync(
            () => _host.Connections.Connections.Select(one => one.Report),
            () => File.Exists(Path.Combine(_host.DataFolder, "connections", "hangs-in-connect", "hanging")),
            "connections but the hanging one are made");
        await loading;

        // All probes have begun when the call gives back its task: what is left then is the one that hangs.
        var probing = _host.Host.ProbeAllAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => _host.Time.PendingTimers == 1, "only one probe is still running");
        _host.Time.Advance(TimeSpan.FromSeconds(30));
        await probing;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();
}

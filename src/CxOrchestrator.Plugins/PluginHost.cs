using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Connections;
using CxOrchestrator.Plugins.Discovery;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Health;
using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.Settings;
using CxOrchestrator.Plugins.States;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins;

/// <summary>
/// Finds and loads the plugins, makes the configured connections, and lends them to the rest of the host. Nothing that a plugin
/// does wrong is thrown from here: it stands in the reports. A plugin is not a sandbox, though: code that ends the process
/// ends the host.
/// </summary>
public sealed class PluginHost : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly IPluginStateStore _store;
    private readonly Clocks _clocks;
    private readonly ILogger<PluginHost> _log;
    private readonly ExceptionText _exceptions;
    private readonly PluginSet _plugins;
    private readonly ConnectionSet _connections;
    private readonly GuardedConnections _guarded;
    private readonly HostSettings _settings;
    private IReadOnlyList<string> _faults;
    private Task? _loading;

    /// <summary>A host that has read its configuration and loaded nothing yet.</summary>
    public PluginHost(IConfiguration configuration, IPluginStateStore store, Clocks clocks, ILoggerFactory logs)
    {
        _store = store;
        _clocks = clocks;
        _log = logs.CreateLogger<PluginHost>();
        var mask = new SecretMask();
        _exceptions = new ExceptionText(mask);
        var binder = new SettingsBinder(new SecretReference(Environment.GetEnvironmentVariable));
        Board = new StateBoard(clocks.Machine, _log);
        _settings = HostSettings.Read(configuration, binder);
        _faults = _settings.Faults;
        _plugins = new PluginSet(Board, new PluginLoader(_exceptions));
        _connections = new ConnectionSet(Board, new ConnectionMaking(Board, binder, mask, _exceptions, clocks, logs));
        _guarded = new GuardedConnections(_connections, _plugins, capability => _settings.Use.GetValueOrDefault(capability));
    }

    /// <summary>The connections and the way to call them; empty until <see cref="LoadAsync"/> has ended.</summary>
    public IConnections Connections => _guarded;

    /// <summary>What is wrong with the configuration that isn't a fault of one plugin or connection; those stand in their reports.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Where everything stands.</summary>
    internal StateBoard Board { get; }

    /// <summary>How often connections are probed.</summary>
    internal TimeSpan ProbeEvery => _settings.ProbeEvery;

    /// <summary>Finds and loads all plugins and makes all connections; the second time it only waits for the first to end.</summary>
    public Task LoadAsync(CancellationToken cancellation)
    {
        lock (_gate)
            return _loading ??= Task.Run(() => LoadNowAsync(cancellation), cancellation);
    }

    /// <summary>Probes every connection that has a health probe, and notes what was found.</summary>
    public Task<IReadOnlyList<ProbeResult>> ProbeAllAsync(CancellationToken cancellation) =>
        new HealthProbes(_connections, _exceptions).ProbeAsync(cancellation);

    /// <summary>Probes one connection; null where there is none of this name.</summary>
    public async Task<ProbeResult?> ProbeAsync(string connection, CancellationToken cancellation) =>
        _connections.Find(connection) is { } slot ? await new HealthProbes(_connections, _exceptions).ProbeAsync(slot, cancellation) : null;

    /// <summary>The settings of a plugin's connections, for a form or a prompt; null where no such plugin is loaded or it fails to tell.</summary>
    public IReadOnlyList<SettingDescription>? DescribeSettings(string pluginId)
    {
        if (_plugins.Find(pluginId)?.Loaded is not { } plugin)
            return null;
        try
        {
            return SettingsForm.Describe(plugin.SettingsType);
        }
        catch (Exception broken)
        {
            _log.LogWarning("The settings of the plugin {Id} can't be described: {Reason}", pluginId, _exceptions.Of(broken));
            return null;
        }
    }

    /// <summary>
    /// What would be wrong with settings of a plugin's connection; references to secrets are judged by their form alone. Null where no
    /// such plugin is loaded.
    /// </summary>
    public IReadOnlyList<string>? CheckSettings(string pluginId, IConfiguration settings)
    {
        if (_plugins.Find(pluginId)?.Loaded is not { } plugin)
            return null;
        try
        {
            return new SettingsBinder(new UnopenedReferences()).Bind(settings, Activator.CreateInstance(plugin.SettingsType)!, "").Faults;
        }
        catch (Exception broken)
        {
            return [$"the settings of the plugin {pluginId} can't be judged: {_exceptions.Of(broken)}"];
        }
    }

    /// <summary>Ends a connection's quarantine or closes its breaker by an admin's hand; false where there is no such connection.</summary>
    public bool Lift(string connection)
    {
        if (_connections.Find(connection)?.Live is not { } live)
            return false;
        live.Health.Lift();
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_connections.Slots.Select(DisposeAsync));
        _plugins.Unload();
    }

    private async Task LoadNowAsync(CancellationToken cancellation)
    {
        await TakeUpStatesAsync(cancellation);
        IReadOnlyList<FoundPlugin> found = [];
        try
        {
            found = PluginDiscovery.In(_settings.PluginsFolder);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _faults = [.. _faults, $"Plugins:Folder: {_settings.PluginsFolder} can't be read: {unreadable.Message}"];
        }

        found = InstalledDiscovery.InPlaceOf(found, new InstalledBook(_settings.DataFolder, _clocks.Machine));
        SpareThreads.Keep(found.Count + (_settings.Connections.Count * _settings.Guard.Concurrency));
        await _plugins.LoadAsync(found, _settings.Disabled, new Bounded(_settings.Guard.TimeLimit, _clocks.Machine), cancellation);
        await _connections.MakeAsync(_settings.Connections, _plugins, _settings, cancellation);
        _faults = [.. _faults, .. UseFaults()];
        foreach (var fault in _faults)
            _log.LogError("Configuration: {Fault}", fault);
    }

    private async Task TakeUpStatesAsync(CancellationToken cancellation)
    {
        try
        {
            Board.TakeUp(await _store.LoadAsync(cancellation));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A quarantine that is forgotten costs a few failed calls; a host that doesn't start costs everything.
            _log.LogWarning(failure, "The states of plugins and connections from before this start could not be read.");
        }
    }

    private IEnumerable<string> UseFaults()
    {
        foreach (var (capability, name) in _settings.Use)
        {
            if (_connections.Find(name) is not { } slot)
                yield return $"Use:{capability}: there is no connection \"{name}\"; {Spelling.NearestName.Hint(name, Names())}";
            else if (slot.Claims.Count > 0 && !slot.Claims.Contains(capability))
                yield return $"Use:{capability}: the connection \"{name}\" can't do that; it can {string.Join(", ", slot.Claims)}";
        }

        List<string> Names() => [.. _connections.Slots.Select(slot => slot.Plan.Name)];
    }

    private async Task DisposeAsync(ConnectionSlot slot)
    {
        if (slot.Live is not { } live)
            return;
        slot.Live = null;
        try
        {
            var bounded = new Bounded(TimeSpan.FromSeconds(5), _clocks.Machine);
            var (returned, _) = await bounded.RunAsync(
                async () =>
                {
                    await live.Connector.DisposeAsync();
                    return true;
                },
                late: null,
                CancellationToken.None);
            if (!returned)
                _log.LogWarning("The connection {Name} did not close within {Limit}.", slot.Plan.Name, bounded.Limit);
        }
        catch (Exception broken)
        {
            _log.LogWarning("The connection {Name} failed to close: {Reason}", slot.Plan.Name, _exceptions.Of(broken));
        }
    }
}

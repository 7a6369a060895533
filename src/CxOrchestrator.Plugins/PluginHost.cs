using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Plugins.Connections;
using CxOrchestrator.Plugins.Health;
using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.Plugins.Live;
using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.Settings;
using CxOrchestrator.Plugins.States;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins;

/// <summary>
/// Finds and loads the plugins, makes the configured connections, lends them to the rest of the host, and takes up what is changed
/// while it runs. Nothing that a plugin does wrong is thrown from here: it stands in the reports. A plugin is not a sandbox,
/// though: code that ends the process ends the host.
/// </summary>
public sealed class PluginHost : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly IPluginStateStore _store;
    private readonly ILogger<PluginHost> _log;
    private readonly ExceptionText _exceptions;
    private readonly PluginSet _plugins;
    private readonly ConnectionSet _connections;
    private readonly GuardedConnections _guarded;
    private readonly PluginForms _forms;
    private readonly Retirement _retirement;
    private readonly WantedReading _reading;
    private readonly LiveRunning _running;
    private readonly HostSettings _settings;
    private readonly InstalledBook _book;
    private string? _folderFault;
    private Task? _loading;

    /// <summary>A host that has read its configuration and loaded nothing yet.</summary>
    public PluginHost(IConfiguration configuration, IPluginStateStore store, Clocks clocks, SecretMask mask, ILoggerFactory logs, NodeShare? share = null)
    {
        _store = store;
        _log = logs.CreateLogger<PluginHost>();
        _exceptions = new ExceptionText(mask);
        var binder = new SettingsBinder(new SecretReference(Environment.GetEnvironmentVariable));
        Board = new StateBoard(clocks.Machine, _log);
        Changes = new WakeUp(clocks.Machine);
        _settings = HostSettings.Read(configuration, binder);
        _book = new InstalledBook(_settings.DataFolder, clocks.Machine);
        var loading = new SlotLoading(Board, new PluginLoader(_exceptions), _settings, clocks.Machine, Changes.Call);
        _plugins = new PluginSet(Board, loading);
        _forms = new PluginForms(_plugins, _exceptions, _log);
        var making = new ConnectionMaking(Board, binder, mask, _exceptions, clocks, share, logs);
        _connections = new ConnectionSet(Board, making, _settings);
        _guarded = new GuardedConnections(_connections, _plugins, new AnswerMask(mask), capability => _settings.Use.GetValueOrDefault(capability));
        _retirement = new Retirement(clocks.Machine, _exceptions, _log);
        _reading = new WantedReading(_settings, _book);
        var reconciling = new Reconciling(_plugins, _connections, making, _retirement, _settings);
        _running = new LiveRunning(_plugins, _connections, _reading, reconciling, new TrialBook(_book, clocks.Machine, _log));
    }

    /// <summary>The connections and the way to call them; empty until <see cref="LoadAsync"/> has ended.</summary>
    public IConnections Connections => _guarded;

    /// <summary>What is wrong with the configuration that isn't a fault of one plugin or connection; those stand in their reports.</summary>
    public IReadOnlyList<string> Faults =>
    [
        .. _settings.Faults,
        .. _folderFault is { } fault ? new[] { fault } : [],
        .. _loading is { IsCompleted: true } ? UseFaults() : [],
    ];

    /// <summary>Where everything stands.</summary>
    internal StateBoard Board { get; }

    /// <summary>Wakes whoever takes up changes.</summary>
    internal WakeUp Changes { get; }

    /// <summary>How often connections are probed.</summary>
    internal TimeSpan ProbeEvery => _settings.ProbeEvery;

    /// <summary>The folders in which changes are made while it runs.</summary>
    internal IReadOnlyList<string> WatchedFolders => [_book.Folder, ConnectionFiles.FolderOf(_settings.DataFolder)];

    /// <summary>From now on this is the service, whose calls are what trials are judged by; others merely look around.</summary>
    internal void Serve() => _plugins.Serves = true;

    /// <summary>How many connectors that are out of use are still being freed.</summary>
    internal int Retiring => _retirement.Going;

    /// <summary>The connections that the configuration names, by what their plugins' manifests say: nothing is loaded, and nobody is called.</summary>
    /// <exception cref="IOException">The folder of plugins can't be read.</exception>
    public SimulatedConnectionSet Outline()
    {
        var reading = new WantedReading(_settings, _book);
        reading.LookAtBundled();
        return ConnectionOutline.Of(reading.ReadAtStart(), _settings);
    }

    /// <summary>Finds and loads all plugins and makes all connections; the second time it only waits for the first to end.</summary>
    public Task LoadAsync(CancellationToken cancellation)
    {
        lock (_gate)
            return _loading ??= Task.Run(() => LoadNowAsync(cancellation), cancellation);
    }

    /// <summary>
    /// Takes up what was changed since it was loaded: plugins that were installed, upgraded or removed, connections that were
    /// added, changed or removed; and ends trials of versions that have failed or proved themselves.
    /// </summary>
    /// <returns>True where something had changed.</returns>
    /// <exception cref="IOException">Book or connections can't be read or written; what runs goes on.</exception>
    /// <exception cref="InvalidDataException">The book has faults; what runs goes on.</exception>
    public async Task<bool> TakeUpChangesAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        return await _running.TakeUpAsync(cancellation);
    }

    /// <summary>Probes every connection that has a health probe, and notes what was found.</summary>
    public Task<IReadOnlyList<ProbeResult>> ProbeAllAsync(CancellationToken cancellation) =>
        new HealthProbes(_connections, _exceptions).ProbeAsync(cancellation);

    /// <summary>Probes one connection; null where there is none of this name.</summary>
    public async Task<ProbeResult?> ProbeAsync(string connection, CancellationToken cancellation) =>
        _connections.Find(connection) is { } slot ? await new HealthProbes(_connections, _exceptions).ProbeAsync(slot, cancellation) : null;

    /// <summary>The settings of a plugin's connections, for a form or a prompt; null where no such plugin is loaded or it fails to tell.</summary>
    public IReadOnlyList<SettingDescription>? DescribeSettings(string pluginId) => _forms.Describe(pluginId);

    /// <summary>
    /// What would be wrong with settings of a plugin's connection; references to secrets are judged by their form alone. Null where no
    /// such plugin is loaded.
    /// </summary>
    public IReadOnlyList<string>? CheckSettings(string pluginId, IConfiguration settings) => _forms.Check(pluginId, settings);

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
        await Task.WhenAll(_connections.TakeAll().Select(_retirement.CloseAsync));
        _plugins.Unload();
    }

    private async Task LoadNowAsync(CancellationToken cancellation)
    {
        await Board.TakeUpAsync(_store, cancellation);
        try
        {
            _reading.LookAtBundled();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _folderFault = $"Plugins:Folder: {_settings.PluginsFolder} can't be read: {unreadable.Message}";
        }

        await _running.BeginAsync(cancellation);
        Board.ForgetKept();
        foreach (var fault in Faults.Concat(UseFaults()).Distinct())
            _log.LogError("Configuration: {Fault}", fault);
    }

    private IEnumerable<string> UseFaults() => _settings.Use.Select(use => _connections.FaultOf(use.Key, use.Value)).OfType<string>();
}

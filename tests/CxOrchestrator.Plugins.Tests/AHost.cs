using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.TestKit;
using CxOrchestrator.Plugins.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.Tests;

/// <summary>Builds a plugin host over a folder of its own, on a clock that the test moves.</summary>
internal sealed class AHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string?> _configuration = new(StringComparer.OrdinalIgnoreCase);
    private PluginHost? _host;
    private int _connections;

    public AHost()
    {
        Directory.CreateDirectory(PluginsFolder);
        With("Plugins:Folder", PluginsFolder);
        With("Data:Folder", _folder.PathOf("data"));
    }

    public IReadOnlyDictionary<string, string?> Configuration => _configuration;

    public ManualTimeProvider Time { get; init; } = new();

    public InMemoryStates States { get; init; } = new();

    public LogLines Log { get; } = new();

    public string PluginsFolder => _folder.PathOf("plugins");

    public string DataFolder => _folder.PathOf("data");

    public PluginHost Host => _host ??= new PluginHost(
        new ConfigurationBuilder().AddInMemoryCollection(_configuration).Build(),
        States,
        new Clocks(TimeProvider.System, Time),
        new SecretMask(),
        LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log)));

    public IConnections Connections => Host.Connections;

    public AHost With(string key, string? value)
    {
        _configuration[key] = value;
        return this;
    }

    /// <summary>Adds a connection with settings given as key and value in turn.</summary>
    public AHost WithConnection(string name, string plugin, params string[] settings)
    {
        With($"Connections:{_connections}:Name", name);
        With($"Connections:{_connections}:Plugin", plugin);
        for (var i = 0; i < settings.Length; i += 2)
            With($"Connections:{_connections}:{settings[i]}", settings[i + 1]);
        _connections++;
        return this;
    }

    public async Task<AHost> WithPluginsAsync(params string[] names)
    {
        await HostilePlugins.HostilePlugins.LayOutAsync(PluginsFolder, names);
        return this;
    }

    public async Task<AHost> LoadedAsync()
    {
        await Host.LoadAsync(CancellationToken.None);
        return this;
    }

    /// <summary>Waits until all but one have left Discovered and that one hangs, and lets its time limit pass.</summary>
    public async Task PassHangingAsync(Func<IEnumerable<StateReport>> reports, Func<bool> hangs, string what)
    {
        await Eventually.TrueAsync(() => reports().Count(report => report.State == ConnectionState.Discovered) == 1 && hangs(), what);
        Time.Advance(TimeSpan.FromSeconds(30));
    }

    public StateReport PluginReport(string id) => Connections.Plugins.First(plugin => plugin.Id == id).Report;

    public StateReport Report(string connection) => Connections.Connections.First(one => one.Name == connection).Report;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        _folder.Dispose();
    }
}

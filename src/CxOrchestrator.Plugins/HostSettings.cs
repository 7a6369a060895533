using System.Net;
using CxOrchestrator.Plugins.Connections;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Health;
using CxOrchestrator.Plugins.Settings;
using CxOrchestrator.Plugins.Spelling;
using CxOrchestrator.Plugins.Upgrades;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins;

/// <summary>What the configuration says to the plugin host: sections Data, Plugins, Connections, Use, Guard and Health.</summary>
internal sealed record HostSettings
{
    /// <summary>Where plugins lie.</summary>
    public required string PluginsFolder { get; init; }

    /// <summary>Ids of plugins that are not loaded.</summary>
    public required IReadOnlyList<string> Disabled { get; init; }

    /// <summary>How new versions of plugins are tried.</summary>
    public required UpgradeOptions Upgrade { get; init; }

    /// <summary>Where connections' own folders are made.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The public address of the host, without a slash at its end; null where it is none.</summary>
    public required Uri? PublicUrl { get; init; }

    /// <summary>The connections of the configuration, without those that have files of their own.</summary>
    public required IReadOnlyList<ConnectionPlan> Connections { get; init; }

    /// <summary>The connection that is named for a capability.</summary>
    public required IReadOnlyDictionary<Capability, string> Use { get; init; }

    /// <summary>The limits for all connections.</summary>
    public required GuardOptions Guard { get; init; }

    /// <summary>What is wrong with those limits; no connection runs then, since nobody knows what was meant.</summary>
    public required IReadOnlyList<string> GuardFaults { get; init; }

    /// <summary>How often connections are probed.</summary>
    public required TimeSpan ProbeEvery { get; init; }

    /// <summary>What is wrong with anything that isn't a fault of one connection.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Reads all of it; faults are kept, not thrown.</summary>
    public static HostSettings Read(IConfiguration configuration, SettingsBinder binder)
    {
        var plugins = new PluginsOptions();
        var guard = new GuardOptions();
        var health = new HealthOptions();
        var pluginsFaults = Bind("Plugins", plugins);
        var guardFaults = Bind("Guard", guard);
        var healthFaults = Bind("Health", health);
        var (use, useFaults) = ReadUse(configuration.GetSection("Use"));
        return new HostSettings
        {
            PluginsFolder = Path.GetFullPath(plugins.Folder.Length > 0 ? plugins.Folder : Path.Combine(AppContext.BaseDirectory, "plugins")),
            Disabled = plugins.Disabled,
            // Faults are told; a trial by numbers that nobody meant would be worse than one by the defaults.
            Upgrade = pluginsFaults.Count > 0 ? new UpgradeOptions() : plugins.Upgrade,
            DataFolder = Path.GetFullPath(configuration["Data:Folder"] is { Length: > 0 } data ? data : "data"),
            PublicUrl = PublicUrlOf(configuration),
            Connections = ConnectionPlans.Read(configuration),
            Use = use,
            Guard = guard,
            GuardFaults = guardFaults,
            ProbeEvery = healthFaults.Count > 0 ? new HealthOptions().ProbeEvery : health.ProbeEvery,
            Faults = [.. pluginsFaults, .. guardFaults, .. healthFaults, .. useFaults],
        };

        IReadOnlyList<string> Bind(string section, object target) =>
            binder.Bind(configuration.GetSection(section), target, $"{section}:").Faults;
    }

    /// <summary>Where the host takes a connection's webhooks; null where it has no address.</summary>
    public Uri? WebhookUrl(string connection) =>
        PublicUrl is { } url ? new Uri($"{url.AbsoluteUri.TrimEnd('/')}/hooks/{Uri.EscapeDataString(connection)}") : null;

    private static Uri? PublicUrlOf(IConfiguration configuration)
    {
        var text = new[] { configuration["Web:PublicUrl"], configuration["Web:Listen"] }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        return Uri.TryCreate(text ?? "http://127.0.0.1:8025", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && !IsEverywhere(url) ? url : null;
    }

    // One may listen on all addresses, and be called on none of that name: services refuse whatever comes with it.
    private static bool IsEverywhere(Uri url) =>
        IPAddress.TryParse(url.Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    private static (Dictionary<Capability, string> Use, List<string> Faults) ReadUse(IConfigurationSection section)
    {
        var known = Enum.GetNames<Capability>();
        var use = new Dictionary<Capability, string>();
        var faults = new List<string>();
        foreach (var entry in section.GetChildren())
        {
            if (!known.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
                faults.Add($"Use: unknown capability {entry.Key}; {NearestName.Hint(entry.Key, known)}");
            else if (string.IsNullOrEmpty(entry.Value))
                faults.Add($"Use:{entry.Key}: must be the name of a connection");
            else
                use[Enum.Parse<Capability>(entry.Key, ignoreCase: true)] = entry.Value;
        }

        return (use, faults);
    }
}

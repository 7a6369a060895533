using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Health;
using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.Settings;
using CxOrchestrator.Plugins.States;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>Makes connections live, one by one, or says what keeps it from being so. A fault here is a fault of this connection alone.</summary>
internal sealed class ConnectionMaking(
    StateBoard board, SettingsBinder binder, SecretMask mask, ExceptionText exceptions, Clocks clocks, NodeShare? share, ILoggerFactory logs)
{
    /// <summary>Makes the connector of a connection by one version of its plugin, or tells what keeps it from being so.</summary>
    /// <param name="plan">The connection.</param>
    /// <param name="key">The key on the board under which the connector's health is told.</param>
    /// <param name="plugin">The version.</param>
    /// <param name="host">The host's settings.</param>
    /// <param name="shared">The limits of the connection's other version; null for its own.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<(LiveConnection? Live, Verdict? Verdict)> MakeAsync(
        ConnectionPlan plan, string key, LoadedPlugin plugin, HostSettings host, CallLimits? shared, CancellationToken cancellation)
    {
        var limits = binder.Bind(plan.Guard, host.Guard.Copy(), "Guard:");
        var bounded = new Bounded(host.Guard.TimeLimit, clocks.Machine);
        var (settings, faults) = await SettingsAsync(plan, plugin, bounded, cancellation);
        faults = [.. limits.Faults, .. faults];
        if (settings is null || faults.Count > 0)
            return (null, Verdict.Misconfigured(faults, plan.HowToCorrect));

        var (connector, offers, verdict) = await ConnectAsync(plan, plugin, settings, host, bounded, cancellation);
        if (connector is null)
            return (null, verdict);

        var options = (GuardOptions)limits.Value;
        var health = new ConnectionHealth(key, options, board);
        var guard = new CallGuard(options, shared ?? new CallLimits(options, clocks.Machine, share), clocks.Machine, exceptions, health);
        health.Begin(guard, board.Kept(key), offers.Contains(Capability.HealthProbe));
        return (new LiveConnection(plan.Name, offers, connector, guard, health), null);
    }

    private async Task<(object? Settings, IReadOnlyList<string> Faults)> SettingsAsync(
        ConnectionPlan plan, LoadedPlugin plugin, Bounded bounded, CancellationToken cancellation)
    {
        try
        {
            // The options class and its rules are the plugin's code, too.
            var (returned, bound) = await bounded.RunAsync(
                () => Task.FromResult(binder.Bind(plan.Settings, Activator.CreateInstance(plugin.SettingsType)!, "Settings:")),
                late: null,
                cancellation);
            if (!returned)
                return (null, [$"its settings were not validated within {bounded.Limit:c}"]);
            bound!.Secrets.ToList().ForEach(mask.Add);
            return (bound.Value, [.. bound.Faults.Select(mask.Apply)]);
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return (null, [$"its settings can't be read: {exceptions.Of(broken)}"]);
        }
    }

    private async Task<(IConnector? Connector, IReadOnlyList<Capability> Offers, Verdict? Verdict)> ConnectAsync(
        ConnectionPlan plan, LoadedPlugin plugin, object settings, HostSettings host, Bounded bounded, CancellationToken cancellation)
    {
        var name = plan.Name;
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(host.DataFolder, "connections", name)).FullName;
            var log = new MaskedLog(logs.CreateLogger($"CxOrchestrator.Connections.{name}"), mask, exceptions);
            var context = new ConnectionContext(name, folder, clocks.Customer, log) { WebhookUrl = host.WebhookUrl(name), Given = mask.AddPassing };
            var (returned, connector) = await bounded.RunAsync(
                () => Task.FromResult(plugin.Entry.Connect(context, settings)), late: FreeAsync, cancellation);
            if (!returned)
                return (null, [], Broken($"Connect did not return within {bounded.Limit:c}"));
            if (connector is null)
                return (null, [], Broken("Connect gave back nothing (null)"));
            if (Lacking(connector, plugin.Manifest) is not { } lacking)
                return (connector, Offered(connector, plugin.Manifest), null);
            await FreeAsync(connector);
            return (null, [], Broken(lacking));
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return (null, [], Verdict.Misconfigured(
                [$"Connect threw {exceptions.Of(broken)}"],
                $"Check the settings of \"{name}\" against the plugin's README; if they are right, tell the plugin's author."));
        }
    }

    private static async Task FreeAsync(IConnector? connector)
    {
        try
        {
            if (connector is not null)
                await connector.DisposeAsync();
        }
        catch (Exception)
        {
            // It is of no use to anybody, and neither is what it says.
        }
    }

    // A connection may offer less than its plugin can, never more.
    private static IReadOnlyList<Capability> Offered(IConnector connector, PluginManifest manifest) =>
        connector.Offers is { } offers ? [.. manifest.Capabilities.Where(offers.Contains)] : manifest.Capabilities;

    private static string? Lacking(IConnector connector, PluginManifest manifest)
    {
        var type = connector.GetType();
        var lacking = manifest.Capabilities.Where(claimed => !Capabilities.InterfaceOf(claimed).IsInstanceOfType(connector)).ToList();
        return lacking.Count == 0
            ? null
            : $"plugin.json claims {string.Join(", ", lacking)}, which its connector {type.Name} does not implement";
    }

    private static Verdict Broken(string fault) =>
        Verdict.Incompatible([fault], "Install a version of the plugin that works, or tell its author.");
}

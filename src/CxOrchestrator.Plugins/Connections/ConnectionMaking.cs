using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Health;
using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.Settings;
using CxOrchestrator.Plugins.States;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>Makes one connection live, or says what keeps it from being so. A fault here is a fault of this connection alone.</summary>
internal sealed class ConnectionMaking(
    StateBoard board, SettingsBinder binder, SecretMask mask, ExceptionText exceptions, Clocks clocks, ILoggerFactory logs)
{
    /// <summary>Makes the connection of a slot whose plugin is loaded, and notes where it stands.</summary>
    public async Task MakeAsync(
        ConnectionSlot slot, LoadedPlugin plugin, HostSettings host, CancellationToken cancellation)
    {
        var limits = binder.Bind(slot.Plan.Guard, host.Guard.Copy(), "Guard:");
        var bounded = new Bounded(host.Guard.TimeLimit, clocks.Machine);
        var (settings, faults) = await SettingsAsync(slot, plugin, bounded, cancellation);
        faults = [.. limits.Faults, .. faults];
        if (settings is null || faults.Count > 0)
        {
            board.Set(slot.Key, Verdict.Misconfigured(
                faults, $"Correct the connection \"{slot.Plan.Name}\" in the configuration and start again."));
            return;
        }

        var (connector, verdict) = await ConnectAsync(slot, plugin, settings, host, bounded, cancellation);
        if (connector is null)
        {
            board.Set(slot.Key, verdict!);
            return;
        }

        Begin(slot, connector, (GuardOptions)limits.Value);
    }

    private async Task<(object? Settings, IReadOnlyList<string> Faults)> SettingsAsync(
        ConnectionSlot slot, LoadedPlugin plugin, Bounded bounded, CancellationToken cancellation)
    {
        try
        {
            // The options class and its rules are the plugin's code, too.
            var (returned, bound) = await bounded.RunAsync(
                () => Task.FromResult(binder.Bind(slot.Plan.Settings, Activator.CreateInstance(plugin.SettingsType)!, "Settings:")),
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

    private async Task<(IConnector? Connector, Verdict? Verdict)> ConnectAsync(
        ConnectionSlot slot, LoadedPlugin plugin, object settings, HostSettings host, Bounded bounded, CancellationToken cancellation)
    {
        var name = slot.Plan.Name;
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(host.DataFolder, "connections", name)).FullName;
            var log = new MaskedLog(logs.CreateLogger($"CxOrchestrator.Connections.{name}"), mask, exceptions);
            var context = new ConnectionContext(name, folder, clocks.Customer, log) { WebhookUrl = host.WebhookUrl(name) };
            var (returned, connector) = await bounded.RunAsync(
                () => Task.FromResult(plugin.Entry.Connect(context, settings)), late: FreeAsync, cancellation);
            if (!returned)
                return (null, Broken($"Connect did not return within {bounded.Limit:c}"));
            if (connector is null)
                return (null, Broken("Connect gave back nothing (null)"));
            if (Lacking(connector, plugin.Manifest) is not { } lacking)
                return (connector, null);
            await FreeAsync(connector);
            return (null, Broken(lacking));
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return (null, Verdict.Misconfigured(
                [$"Connect threw {exceptions.Of(broken)}"],
                $"Check the settings of \"{name}\" against the plugin's README; if they are right, tell the plugin's author."));
        }
    }

    private void Begin(ConnectionSlot slot, IConnector connector, GuardOptions options)
    {
        var health = new ConnectionHealth(slot.Key, options, board);
        var guard = new CallGuard(options, clocks.Machine, exceptions, health);
        health.Begin(guard, board.Kept(slot.Key), slot.Claims.Contains(Capability.HealthProbe));
        slot.Live = new LiveConnection(slot.Claims, connector, guard, health);
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

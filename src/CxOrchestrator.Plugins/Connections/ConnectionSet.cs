using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Spelling;
using CxOrchestrator.Plugins.States;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>All configured connections, in the order of the configuration.</summary>
internal sealed class ConnectionSet(StateBoard board, ConnectionMaking making)
{
    private IReadOnlyList<ConnectionSlot> _slots = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<ConnectionSlot> Slots => _slots;

    /// <summary>The connection with this name.</summary>
    public ConnectionSlot? Find(string name) =>
        _slots.FirstOrDefault(slot => string.Equals(slot.Plan.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where one stands, for whoever asks.</summary>
    public ConnectionStatus Status(ConnectionSlot slot) => new(slot.Plan.Name, slot.Plan.PluginId, slot.Claims, board.Get(slot.Key));

    /// <summary>Makes all of them, at the same time: one that hangs holds up no other.</summary>
    public async Task MakeAsync(
        IReadOnlyList<ConnectionPlan> plans, PluginSet plugins, HostSettings host, CancellationToken cancellation)
    {
        // Entries that share a name are told apart by their place; they are at fault anyway.
        _slots = [.. plans.Select((plan, place) => new ConnectionSlot(plan, KeyOf(plan, place, plans)))];
        await Task.WhenAll(_slots.Select(slot => MakeAsync(slot, plugins, host, cancellation)));
    }

    private async Task MakeAsync(ConnectionSlot slot, PluginSet plugins, HostSettings host, CancellationToken cancellation)
    {
        var plugin = plugins.Find(slot.Plan.PluginId);
        slot.Claims = plugin?.Found.Manifest?.Capabilities ?? [];
        if (Refused(slot.Plan, plugin, plugins, host) is { } verdict)
            board.Set(slot.Key, verdict);
        else
            await making.MakeAsync(slot, plugin!.Loaded!, host, cancellation);
    }

    private Verdict? Refused(ConnectionPlan plan, PluginSlot? plugin, PluginSet plugins, HostSettings host)
    {
        const string Correct = "Correct the section Connections of the configuration and start again.";
        if (plan.Faults.Count > 0)
            return Verdict.Misconfigured(plan.Faults, Correct);
        if (!plan.Enabled)
            return new Verdict(ConnectionState.Disabled, "it is switched off in the configuration", "Set its Enabled to true to use it.");
        if (host.GuardFaults.Count > 0)
            return Verdict.Misconfigured(host.GuardFaults, "Correct the section Guard of the configuration and start again.");
        if (plugin is null)
        {
            return Verdict.Misconfigured(
                [$"there is no plugin \"{plan.PluginId}\"; {NearestName.Hint(plan.PluginId, plugins.Ids)}"], Correct);
        }

        var report = board.Get(plugin.Key);
        if (report.State == ConnectionState.Ready)
            return null;
        return new Verdict(report.State, $"its plugin {plugin.Found.Id} is {report.State}: {report.Reason}", report.WhatToDo);
    }

    private static string KeyOf(ConnectionPlan plan, int place, IReadOnlyList<ConnectionPlan> plans)
    {
        var shared = plans.Count(other => string.Equals(other.Name, plan.Name, StringComparison.OrdinalIgnoreCase)) > 1;
        return shared ? $"connection:{plan.Name}@{place}" : $"connection:{plan.Name}";
    }
}

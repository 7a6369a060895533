using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Spelling;
using CxOrchestrator.Plugins.States;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>Tells why a connection isn't even tried.</summary>
internal static class ConnectionRefusal
{
    /// <summary>The reason, or null where it may be made.</summary>
    public static Verdict? Of(ConnectionPlan plan, PluginSlot? plugin, PluginSet plugins, HostSettings host, StateBoard board)
    {
        if (plan.Faults.Count > 0)
            return Verdict.Misconfigured(plan.Faults, plan.HowToCorrect);
        if (!plan.Enabled)
            return new Verdict(ConnectionState.Disabled, "it is switched off in the configuration", "Set its Enabled to true to use it.");
        if (host.GuardFaults.Count > 0)
            return Verdict.Misconfigured(host.GuardFaults, "Correct the section Guard of the configuration and start again.");
        if (plugin is null)
        {
            return Verdict.Misconfigured(
                [$"there is no plugin \"{plan.PluginId}\"; {NearestName.Hint(plan.PluginId, plugins.Ids)}"],
                $"Install it (cxo plugins install), or name another. {plan.HowToCorrect}");
        }

        var report = board.Get(plugin.Key);
        return plugin.Loaded is not null && report.State == ConnectionState.Ready
            ? null
            : new Verdict(report.State, $"its plugin {plugin.Found.Id} is {report.State}: {report.Reason}", report.WhatToDo);
    }
}

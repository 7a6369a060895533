using CxOrchestrator.Plugins.Connections;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Upgrades;

namespace CxOrchestrator.Plugins.Live;

/// <summary>Brings what runs to what is wanted: plugins first, then connections, then the connectors of versions on trial.</summary>
internal sealed class Reconciling(
    PluginSet plugins, ConnectionSet connections, ConnectionMaking making, Retirement retirement, HostSettings settings)
{
    /// <summary>Does it. One caller at a time; calls of connections go on meanwhile.</summary>
    public async Task ApplyAsync(Wanted wanted, CancellationToken cancellation)
    {
        SpareThreads.Keep(wanted.Plugins.Count + (wanted.Connections.Count * settings.Guard.Concurrency));
        var versions = await plugins.ApplyAsync(wanted.Plugins, cancellation);
        var (retired, removed) = await connections.ApplyAsync(wanted.Connections, plugins, cancellation);
        retired = [.. retired, .. await ApplyCanariesAsync(cancellation)];
        if (retired.Count + versions.Count + removed.Count > 0)
            retirement.Begin(retired, versions, () => connections.Forget(removed));
    }

    private async Task<IReadOnlyList<LiveConnection>> ApplyCanariesAsync(CancellationToken cancellation)
    {
        var retired = new List<LiveConnection>();
        foreach (var slot in connections.Slots)
        {
            if (slot.Canary is not { } canary || canary.Plugin == CandidateOf(slot)?.Loaded)
                continue;
            slot.Canary = null;
            canary.Live.Health.End();
            retired.Add(canary.Live);
        }

        await Task.WhenAll(connections.Slots.Select(slot => MakeCanaryAsync(slot, cancellation)));
        return retired;
    }

    private async Task MakeCanaryAsync(ConnectionSlot slot, CancellationToken cancellation)
    {
        if (slot.Live is not { } live || slot.Canary is not null || CandidateOf(slot) is not { Loaded: { } plugin, Trial: { Decision: null } trial })
            return;
        var (made, verdict) = await making.MakeAsync(
            slot.Plan, $"{slot.Key}@{trial.Version}", plugin, settings, live.Guard.Limits, cancellation);
        if (made is null)
            trial.Fail($"on the connection \"{slot.Plan.Name}\" it is {verdict!.State}: {verdict.Reason}");
        else
            slot.Canary = new Canary(made, plugin, trial);
    }

    private PluginSlot? CandidateOf(ConnectionSlot slot) => slot.Removing ? null : plugins.Find(slot.Plan.PluginId)?.Candidate;
}

using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Connections;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.Upgrades;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Health;

/// <summary>Asks connections how they are, through their guards like every other call.</summary>
internal sealed class HealthProbes(ConnectionSet connections, ExceptionText exceptions)
{
    private const string See = "See that the service can be reached and accepts this connection's settings.";

    /// <summary>Probes all at the same time; in the order of the configuration.</summary>
    public async Task<IReadOnlyList<ProbeResult>> ProbeAsync(CancellationToken cancellation) =>
        await Task.WhenAll(connections.Slots.Select(slot => ProbeAsync(slot, cancellation)));

    /// <summary>Probes one.</summary>
    public async Task<ProbeResult> ProbeAsync(ConnectionSlot slot, CancellationToken cancellation)
    {
        var canary = slot.Canary;
        if (canary is not null && canary.Stands(typeof(IHealthProbe)))
            await ProbeAsync(slot, canary.Live, canary, cancellation);
        return slot.Live is { } live
            ? await ProbeAsync(slot, live, canary, cancellation)
            : Result(slot, probed: false, healthy: false, connections.Status(slot).Report.Reason);
    }

    private async Task<ProbeResult> ProbeAsync(ConnectionSlot slot, LiveConnection live, Canary? canary, CancellationToken cancellation)
    {
        if (!live.Can(typeof(IHealthProbe)))
            return Result(slot, probed: false, healthy: false, "it has no health probe");
        // While other calls are refused, the probe is how the end of an outage is noticed.
        var kind = live.Guard.Breaker.Refusal() is null ? CallKind.Read : CallKind.Probe;
        var result = await live.TryCallAsync<IHealthProbe, HealthReport>(kind, (probe, token) => probe.ProbeAsync(token), cancellation);
        if (result is not null && canary is not null)
            SharedCall.Noted(slot, canary, byCandidate: live == canary.Live, result, typeof(IHealthProbe));
        switch (result)
        {
            case CallResult<HealthReport>.Answered { Value: var report }:
                var text = exceptions.Clean(report.Text ?? "");
                live.Health.Probed(report.Healthy, text, exceptions.Clean(report.WhatToDo ?? See));
                return Result(slot, probed: true, report.Healthy, text);
            case CallResult<HealthReport>.Failed failed:
                live.Health.Probed(healthy: false, failed.Reason, See);
                return Result(slot, probed: true, healthy: false, failed.Reason);
            case CallResult<HealthReport>.NotCalled refused:
                return Result(slot, probed: false, healthy: false, refused.Reason);
            default:
                return Result(slot, probed: false, healthy: false, "it is being replaced");
        }
    }

    private ProbeResult Result(ConnectionSlot slot, bool probed, bool healthy, string text) =>
        new(slot.Plan.Name, probed, healthy, text, connections.Status(slot).Report);
}

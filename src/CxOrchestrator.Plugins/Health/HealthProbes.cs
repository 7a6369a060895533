using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Connections;
using CxOrchestrator.Plugins.Secrets;
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
        if (slot.Live is not { } live)
            return Result(probed: false, healthy: false, connections.Status(slot).Report.Reason);
        if (!live.Capabilities.Contains(Capability.HealthProbe) || live.Connector is not IHealthProbe probe)
            return Result(probed: false, healthy: false, "it has no health probe");
        switch (await live.Guard.CallAsync(CallKind.Read, probe.ProbeAsync, cancellation))
        {
            case CallResult<HealthReport>.Answered { Value: var report }:
                var text = exceptions.Clean(report.Text ?? "");
                live.Health.Probed(report.Healthy, text, exceptions.Clean(report.WhatToDo ?? See));
                return Result(probed: true, report.Healthy, text);
            case CallResult<HealthReport>.Failed failed:
                live.Health.Probed(healthy: false, failed.Reason, See);
                return Result(probed: true, healthy: false, failed.Reason);
            case CallResult<HealthReport>.NotCalled refused:
                return Result(probed: false, healthy: false, refused.Reason);
            default:
                throw new InvalidOperationException("A guarded call ends in one of three ways.");
        }

        ProbeResult Result(bool probed, bool healthy, string text) =>
            new(slot.Plan.Name, probed, healthy, text, connections.Status(slot).Report);
    }
}

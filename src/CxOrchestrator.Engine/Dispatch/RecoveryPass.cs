using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Takes over ledger rows whose lease has ended: what was only claimed is planned again; what was handed over is unknown, unless its connection
/// honours the key. Other work needs no sweep: an ended lease is free to claim.
/// </summary>
internal sealed class RecoveryPass(ILedger ledger, HonouredKeys keys, Clocks clocks, Nudges nudges, ILogger<RecoveryPass> log) : IPass
{
    /// <inheritdoc/>
    public Work Work => Work.Recovery;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var (replanned, unknown) = await ledger.RecoverAsync(clocks.MachineNow, clocks.Now, await keys.NamesAsync(stop), stop);
        if (unknown > 0)
            log.LogWarning("{Count} deliveries were under way when a process ended: whether they were sent is unknown, and they are asked about, or wait for a person.", unknown);
        if (replanned > 0)
            nudges.NudgeSending();
        return replanned + unknown;
    }
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Retention;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Retention;

/// <summary>
/// Makes room for the months to come, and drops what is older than the settings keep. Looks once an hour of machine time, and when customers' month changes
/// (which comes sooner where their time is sped up).
/// </summary>
internal sealed class RetentionPass(IRetentionStore store, CoreSettings settings, Clocks clocks, EngineOptions options, ILogger<RetentionPass> log) : IPass
{
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private (int Year, int Month) _month;

    /// <inheritdoc/>
    public Work Work => Work.Retention;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var (now, machineNow) = (clocks.Now.UtcDateTime, clocks.MachineNow);
        if (machineNow < _next && _month == (now.Year, now.Month))
            return 0;
        var made = await store.PrepareAsync(now, stop);
        if (made.Count > 0)
            log.LogInformation("Made room for the months to come: {Names}.", string.Join(", ", made));
        await DropAsync(settings.Retention.At(now), stop);
        (_next, _month) = (machineNow + options.RetentionEvery, (now.Year, now.Month));
        return made.Count;
    }

    private async Task DropAsync(RetentionLimits limits, CancellationToken stop)
    {
        if (limits is { Events: null, Ledger: null })
            return;
        var dropped = await store.DropAsync(limits, stop);
        if (dropped.Events > 0)
            log.LogInformation("Dropped {Count} events from before {First}, with what was decided on them.", dropped.Events, limits.Events);
        if (dropped.LedgerRows > 0)
            log.LogInformation("Dropped {Count} ledger rows from before {First}.", dropped.LedgerRows, limits.Ledger);
        foreach (var held in await store.HeldBackAsync(limits, stop))
            log.LogWarning("{What}: {Rows}.", HeldWords.Of(held), held.Rows);
    }
}

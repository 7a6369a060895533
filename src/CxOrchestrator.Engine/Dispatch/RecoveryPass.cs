using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Takes over ledger rows whose lease has ended: what was only claimed is planned again; what was handed over is unknown, unless its connection
/// honours the key. Other work needs no sweep: an ended lease is free to claim.
/// </summary>
internal sealed class RecoveryPass(ILedger ledger, IConnections connections, Clocks clocks, Nudges nudges, ILogger<RecoveryPass> log) : IPass
{
    /// <inheritdoc/>
    public Work Work => Work.Recovery;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var resendable = await ResendableAsync(stop);
        var (replanned, unknown) = await ledger.RecoverAsync(clocks.MachineNow, clocks.Now, resendable, stop);
        if (unknown > 0)
            log.LogWarning("{Count} deliveries were under way when a process ended: whether they were sent is unknown, and they wait for a person.", unknown);
        if (replanned > 0)
            nudges.Nudge(Work.Deliveries);
        return replanned + unknown;
    }

    private async Task<IReadOnlySet<string>> ResendableAsync(CancellationToken cancellation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var connection in connections.Connections)
        {
            var sends = connection.Capabilities.Where(capability => capability is Capability.EmailSender or Capability.SmsSender).ToList();
            // One that can't be asked is taken as one that doesn't honour the key: rather a row for a person than a message twice.
            if (sends.Count > 0 && await AllAsync(sends, capability => HonoursAsync(connection.Name, capability, cancellation)))
                names.Add(connection.Name);
        }

        return names;
    }

    private async Task<bool> HonoursAsync(string connection, Capability capability, CancellationToken cancellation)
    {
        var result = capability == Capability.EmailSender
            ? await connections.CallAsync<IEmailSender, bool>(connection, CallKind.Read, (sender, _) => Task.FromResult(sender.HonoursKey), cancellation)
            : await connections.CallAsync<ISmsSender, bool>(connection, CallKind.Read, (sender, _) => Task.FromResult(sender.HonoursKey), cancellation);
        return result is CallResult<bool>.Answered { Value: true };
    }

    private static async Task<bool> AllAsync(IEnumerable<Capability> capabilities, Func<Capability, Task<bool>> holds)
    {
        foreach (var capability in capabilities)
        {
            if (!await holds(capability))
                return false;
        }

        return true;
    }
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Hands over a few messages at once: commits that they leave, calls, commits what came of it. A crash between the two commits leaves rows that become
/// unknown; there are never more of them than one group.
/// </summary>
internal sealed class HandOverGroup(ILedger ledger, SendCall call, Pace pace, Clocks clocks, EngineNode node, EngineOptions options)
{
    /// <summary>Sends the group; gives how many rows came forward.</summary>
    public async Task<int> SendAsync(IReadOnlyList<ReadyDelivery> group)
    {
        var lease = node.Lease(options.CallLease);
        var handOvers = group.Select(ready => new HandOver(ready.Delivery.Id, ready.Go.Via, ready.Go.Connection) { Decided = ready.Go.Why }).ToList();
        var held = await ledger.HandOverAsync(lease, handOvers, clocks.Now, CancellationToken.None);
        var sent = group.Where(ready => held.Contains(ready.Delivery.Id)).ToList();
        var answers = await Task.WhenAll(sent.Select(call.CallAsync));

        var now = clocks.Now;
        var outcomes = sent.Zip(answers, (ready, answer) => Outcomes.Of(ready, answer, now)).ToList();
        await ledger.CompleteAsync(lease, outcomes, CancellationToken.None);
        KeepPace(sent, answers);
        return outcomes.Count(outcome => outcome.State != DeliveryState.Deferred);
    }

    private void KeepPace(List<ReadyDelivery> sent, SendAnswer[] answers)
    {
        foreach (var connection in sent.Zip(answers).GroupBy(pair => pair.First.Go.Connection, pair => pair.Second))
        {
            if (connection.Any(answer => answer.Result is SendAccepted or SendRejected))
                pace.Worked(connection.Key);
            else
                pace.Failed(connection.Key, connection.Where(answer => !answer.Called).Max(answer => (answer.Result as SendDeferred)?.RetryAfter));
        }
    }
}

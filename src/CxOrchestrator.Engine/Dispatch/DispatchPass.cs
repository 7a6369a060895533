using System.Diagnostics;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Running;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Sends deliveries that are due on one channel: decides on each, writes those that may go, and hands them over. What may not go now keeps its row with the
/// reason; what another channel is to decide on waits for that one from now on. Each channel has a loop, a queue, places and a level of its own, so that one
/// whose service is slow or dead holds up nobody else.
/// </summary>
internal sealed class DispatchPass(
    Channel channel, ILedger ledger, IPublishedContent content, SendDecider decider, DispatchDecisions decisions, HandOvers handOvers,
    CoreSettings settings, Clocks clocks, EngineNode node, EngineOptions options, Nudges nudges) : IPass
{
    // While a service is out, what is due for it is looked at to say why it waits: with a thirtieth of the time, for the others need the store too.
    private const int RestsTimesAsLong = 30;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);

    private readonly ClaimSize _size = new(settings.Sending.Batch);
    private DateTimeOffset _restsUntil;

    /// <inheritdoc/>
    public Work Work => Nudges.Sends(channel);

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (clocks.MachineNow < _restsUntil && decider.IsOut(channel, clocks.Now))
            return 0;
        var until = clocks.MachineNow + options.DecisionsHold;
        var claim = await ClaimAsync(stop);
        if (claim.Rows.Count == 0)
            return 0;
        var flow = handOvers.Begin(channel, stop);
        var forward = 0;
        try
        {
            // While a batch is on its way the next is claimed and written; one that isn't full, or brings nothing, is the last.
            do
            {
                var decided = await BatchAsync(flow, claim);
                forward += decided.Forward;
                if (!claim.IsFull || decided.Ready.Count + decided.Forward == 0 || stop.IsCancellationRequested || clocks.MachineNow >= until)
                    break;
                claim = await ClaimAsync(stop);
            }
            while (claim.Rows.Count > 0);
        }
        finally
        {
            forward += await flow.EndAsync();
            NudgeOthers();
        }

        return forward;
    }

    private async Task<Claim> ClaimAsync(CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        var (begun, limit, lease) = (clocks.Machine.GetTimestamp(), _size.Now, node.Lease(options.CallLease));
        var rows = await ledger.ClaimDueAsync(lease, channel, clocks.Now, limit, stop);
        if (rows.Count > 0)
            DispatchMeter.Took("claim deliveries", since);
        return new Claim(begun, lease, rows, rows.Count == limit);
    }

    private async Task<Decided> BatchAsync(SendFlow flow, Claim claim)
    {
        // After the claim: what is claimed was planned by versions that are published, and what they listen to must be known when it is accepted.
        await content.RefreshAsync(CancellationToken.None);
        var decided = await decisions.DecideAsync(channel, claim.Rows);
        await PassOnAsync(claim.Lease, decided);
        if (decided.Outcomes.Count > 0)
            await ledger.CompleteAsync(claim.Lease, decided.Outcomes, CancellationToken.None);
        if (decided.Ready.Count > 0)
        {
            // It waits until the batch before the last is on its way.
            await flow.OfferAsync(decided.Ready, claim.Lease.Now + options.DecisionsHold);
            _size.Took(decided.Ready.Count, clocks.Machine.GetElapsedTime(claim.Begun), handOvers.Level(channel).Now);
        }
        else if (decided.Forward == 0)
        {
            var took = clocks.Machine.GetElapsedTime(claim.Begun);
            _restsUntil = clocks.MachineNow + TimeSpan.FromSeconds(Math.Clamp(RestsTimesAsLong * took.TotalSeconds, options.LongestPause.TotalSeconds, LongestRest.TotalSeconds));
        }

        NudgeOthers();
        return decided;
    }

    private async Task PassOnAsync(Lease lease, Decided decided)
    {
        foreach (var rows in decided.PassedOn.GroupBy(one => one.To, one => one.Id))
        {
            await ledger.PassOnAsync(lease, rows.Key, [.. rows], CancellationToken.None);
            nudges.Nudge(Nudges.Sends(rows.Key));
        }
    }

    private void NudgeOthers()
    {
        nudges.Nudge(Work.WriteBacks);
        nudges.Nudge(Work.Events);
        nudges.Nudge(Work.Enrolments);
    }

    private sealed record Claim(long Begun, Lease Lease, IReadOnlyList<Delivery> Rows, bool IsFull);
}

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
internal sealed class DispatchPass : IPass
{
    // While a service is out, what is due for it is looked at to say why it waits: with a thirtieth of the time, for the others need the store too.
    private const int RestsTimesAsLong = 30;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);

    private readonly Channel _channel;
    private readonly ILedger _ledger;
    private readonly IPublishedContent _content;
    private readonly SendDecider _decider;
    private readonly DispatchDecisions _decisions;
    private readonly HandOvers _handOvers;
    private readonly Clocks _clocks;
    private readonly EngineOptions _options;
    private readonly Nudges _nudges;
    private readonly ClaimSize _size;
    private readonly SendSource _source;
    private DateTimeOffset _restsUntil;

    public DispatchPass(
        Channel channel, ILedger ledger, IPublishedContent content, SendDecider decider, DispatchDecisions decisions, HandOvers handOvers, SendRelays relays,
        CoreSettings settings, Clocks clocks, EngineNode node, EngineOptions options, Nudges nudges)
    {
        (_channel, _ledger, _content, _decider, _decisions, _handOvers) = (channel, ledger, content, decider, decisions, handOvers);
        (_clocks, _options, _nudges) = (clocks, options, nudges);
        _size = new ClaimSize(settings.Sending.Batch);
        _source = new SendSource(channel, ledger, relays, _size, clocks, node, options);
    }

    /// <inheritdoc/>
    public Work Work => Nudges.Sends(_channel);

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (_clocks.MachineNow < _restsUntil && _decider.IsOut(_channel, _clocks.Now))
            return 0;
        try
        {
            var batch = await _source.FirstAsync(stop);
            return batch.Rows.Count == 0 ? 0 : await FlowAsync(batch, stop);
        }
        catch
        {
            _source.Forget();
            throw;
        }
    }

    private async Task<int> FlowAsync(SendBatch batch, CancellationToken stop)
    {
        var until = _clocks.MachineNow + _options.DecisionsHold;
        var flow = _handOvers.Begin(_channel, stop);
        var forward = 0;
        try
        {
            // While a batch is on its way the next is taken and written.
            while (batch.Rows.Count > 0)
            {
                var decided = await BatchAsync(flow, batch);
                forward += decided.Forward;
                if (stop.IsCancellationRequested || _clocks.MachineNow >= until)
                    break;
                batch = decided.Ready.Count + decided.Forward > 0 ? await _source.NextAsync(stop) : _source.Rest();
            }
        }
        finally
        {
            forward += await flow.EndAsync();
            NudgeOthers();
        }

        return forward;
    }

    private async Task<Decided> BatchAsync(SendFlow flow, SendBatch batch)
    {
        // After the claim: what is claimed was planned by versions that are published, and what they listen to must be known when it is accepted.
        await _content.RefreshAsync(CancellationToken.None);
        var decided = await _decisions.DecideAsync(_channel, batch.Rows);
        await PassOnAsync(batch.Lease, decided);
        if (decided.Outcomes.Count > 0)
            await _ledger.CompleteAsync(batch.Lease, decided.Outcomes, CancellationToken.None);
        if (decided.Ready.Count > 0)
        {
            // It waits until the batch before the last is on its way.
            await flow.OfferAsync(decided.Ready, batch.Lease.Now + _options.DecisionsHold);
            _size.Took(decided.Ready.Count, _clocks.Machine.GetElapsedTime(batch.Begun), _handOvers.Level(_channel).Now);
        }
        else if (decided.Forward == 0)
        {
            var took = _clocks.Machine.GetElapsedTime(batch.Begun);
            _restsUntil = _clocks.MachineNow + TimeSpan.FromSeconds(Math.Clamp(RestsTimesAsLong * took.TotalSeconds, _options.LongestPause.TotalSeconds, LongestRest.TotalSeconds));
        }

        NudgeOthers();
        return decided;
    }

    private async Task PassOnAsync(Lease lease, Decided decided)
    {
        foreach (var rows in decided.PassedOn.GroupBy(one => one.To, one => one.Id))
        {
            await _ledger.PassOnAsync(lease, rows.Key, [.. rows], CancellationToken.None);
            _nudges.Nudge(Nudges.Sends(rows.Key));
        }
    }

    private void NudgeOthers()
    {
        _nudges.Nudge(Work.WriteBacks);
        _nudges.Nudge(Work.Events);
        _nudges.Nudge(Work.Enrolments);
    }
}

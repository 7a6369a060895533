using System.Diagnostics;
using System.Threading.Channels;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Attention;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Hands messages over while others are on their way and the outcomes of others again are stored. Before the first byte of a message leaves, the commit
/// that says so has ended. A crash leaves rows that become unknown: those handed over whose outcome isn't stored, and there are never more of them than
/// may be handed over at once. A new group is begun when a quarter of the places is free, so that commits are shared.
/// </summary>
internal sealed class SendFlow
{
    private static readonly TimeSpan AfterOvertaken = TimeSpan.FromSeconds(1);

    private readonly HandOvers _with;
    private readonly SendLevel _level;
    private readonly CancellationToken _stop;
    private readonly Channel<(IReadOnlyList<ReadyDelivery> Ready, DateTimeOffset StaleAt)> _batches;
    private readonly SendPlaces _places;
    private readonly OutcomeStore _outcomes;
    private readonly Task _handing;

    public SendFlow(HandOvers with, SendLevel level, CancellationToken stop)
    {
        _with = with;
        _level = level;
        _stop = stop;
        _batches = Channel.CreateBounded<(IReadOnlyList<ReadyDelivery>, DateTimeOffset)>(
            new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        _places = new SendPlaces(level);
        _outcomes = new OutcomeStore(with, _places, stop);
        _handing = Task.Run(HandOverAllAsync, CancellationToken.None);
    }

    /// <summary>Gives a batch to be handed over; waits while an earlier one has not been begun.</summary>
    /// <param name="ready">Deliveries that are claimed, decided on and written.</param>
    /// <param name="staleAt">What isn't handed over by then, in machine time, is given back to be decided on anew.</param>
    public async Task OfferAsync(IReadOnlyList<ReadyDelivery> ready, DateTimeOffset staleAt)
    {
        try
        {
            await _batches.Writer.WriteAsync((ready, staleAt), CancellationToken.None);
        }
        catch (ChannelClosedException)
        {
            // The store fails: the end of the flow says how. What was claimed is free again when its lease ends.
        }
    }

    /// <summary>Ends when all that was offered is answered or given back, and stored; gives how many rows came forward.</summary>
    /// <exception cref="Exception">What the store said when something could not be stored.</exception>
    public async Task<int> EndAsync()
    {
        _batches.Writer.TryComplete();
        try
        {
            await _handing;
        }
        finally
        {
            await _places.AllFreeAsync();
            await _outcomes.EndAsync();
        }

        return _outcomes.Forward;
    }

    private async Task HandOverAllAsync()
    {
        try
        {
            await foreach (var (ready, staleAt) in _batches.Reader.ReadAllAsync())
                await HandOverAsync(ready, staleAt);
        }
        finally
        {
            _batches.Writer.TryComplete();
        }
    }

    private async Task HandOverAsync(IReadOnlyList<ReadyDelivery> ready, DateTimeOffset staleAt)
    {
        var left = new Queue<ReadyDelivery>(ready);
        var returned = new List<DeliveryOutcome>();
        while (left.Count > 0 && !_outcomes.Failed)
        {
            var places = await _places.TakeAsync(left.Count);
            // Asked after the wait: it may have been long, and what came before may have found a connection dead.
            if (_stop.IsCancellationRequested || !_with.MayBegin || _with.MachineNow >= staleAt)
            {
                _places.Free(places);
                break;
            }

            var group = new List<ReadyDelivery>(places);
            while (group.Count < places && left.TryDequeue(out var one))
            {
                if (_with.Outage(one.Go.Connection) is { } outage)
                    returned.Add(Outcomes.Of(one.Delivery, one.Enrolment, outage, _with.Now));
                else
                    group.Add(one);
            }

            _places.Free(places - group.Count);
            if (group.Count > 0)
                await SendAsync(group);
        }

        returned.AddRange(left.Select(one => Outcomes.Returned(one.Delivery, _with.Now)));
        if (returned.Count > 0)
            await _with.Ledger.CompleteAsync(_with.Lease(), returned, CancellationToken.None);
    }

    // Those whose lease is lost are another's, and stay as they are; what another message has overtaken bids again.
    private async Task ReturnAsync(List<ReadyDelivery> lost)
    {
        var overtaken = lost.FindAll(ready => _with.Attention.ClaimOf(ready.Delivery) is not null);
        if (overtaken.Count == 0)
            return;
        var later = new Verdict.Later(_with.Now + AfterOvertaken, BidWords.Overtaken, Outage: false) { AwaitsRoom = true };
        await _with.Ledger.CompleteAsync(_with.Lease(), overtaken.ConvertAll(ready => Outcomes.Of(ready.Delivery, ready.Enrolment, later, _with.Now)), CancellationToken.None);
    }

    private async Task SendAsync(List<ReadyDelivery> group)
    {
        var since = Stopwatch.GetTimestamp();
        IReadOnlySet<Guid> held;
        try
        {
            var handOvers = group.ConvertAll(ready => new HandOver(ready.Delivery.Id, ready.Go.Via, ready.Go.Connection) { To = ready.Go.Address, Decided = ready.Go.Why, Attention = _with.Attention.ClaimOf(ready.Delivery) });
            held = await _with.Ledger.HandOverAsync(_with.Lease(), handOvers, _with.Now, CancellationToken.None);
        }
        catch (StoreFaultException away) when (away.MayPass)
        {
            // Whether it is committed nobody knows, but that nothing was sent we do: else they would be messages of which nobody knows.
            foreach (var ready in group)
                _outcomes.Add(ready, new SendAnswer(SendResult.Deferred("the store was away, so nothing was sent"), HonoursKey: false, Called: false), TimeSpan.Zero);
            throw;
        }
        catch
        {
            _places.Free(group.Count);
            throw;
        }

        DispatchMeter.Took("commit intents", since);
        var lost = group.FindAll(ready => !held.Contains(ready.Delivery.Id));
        _places.Free(group.RemoveAll(ready => !held.Contains(ready.Delivery.Id)));
        new SendGroup(_with, _level, group, _outcomes).Begin();
        await ReturnAsync(lost);
    }
}

using System.Diagnostics;
using System.Threading.Channels;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Stores outcomes as they come, all that have come in one commit, and frees their places after it. What a service has answered is known: while the store is
/// away it is kept and tried again, for without it a message that the customer has would become one of which nobody knows.
/// </summary>
internal sealed class OutcomeStore
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly HandOvers _with;
    private readonly SendPlaces _places;
    private readonly CancellationToken _stop;
    private readonly GatherTime _gather = new();
    private readonly Channel<Answered> _answers = Channel.CreateUnbounded<Answered>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _storing;
    private volatile Exception? _fault;

    public OutcomeStore(HandOvers with, SendPlaces places, CancellationToken stop)
    {
        _with = with;
        _places = places;
        _stop = stop;
        _storing = Task.Run(StoreAllAsync, CancellationToken.None);
    }

    /// <summary>Rows that came forward.</summary>
    public int Forward { get; private set; }

    /// <summary>True where something could not be stored: nothing more is to be handed over.</summary>
    public bool Failed => _fault is not null;

    /// <summary>Takes the answer for a row.</summary>
    public void Add(ReadyDelivery ready, SendAnswer answer, TimeSpan took) => _answers.Writer.TryWrite(new Answered(ready, answer, took));

    /// <summary>Ends when all is stored.</summary>
    /// <exception cref="Exception">What the store said first when something could not be stored: those rows stay handed over until their lease ends.</exception>
    public async Task EndAsync()
    {
        _answers.Writer.TryComplete();
        await _storing;
        if (_fault is { } fault)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
    }

    private async Task StoreAllAsync()
    {
        var come = new List<Answered>();
        while (await _answers.Reader.WaitToReadAsync())
        {
            Take(come);
            if (come.Count < Math.Min(_places.Some, _places.Taken) && _gather.Now is var pause && pause > TimeSpan.Zero)
            {
                // Nothing new is begun before so many places are free, so that nobody loses by it.
                await Task.Delay(pause, _with.Machine);
                Take(come);
            }

            try
            {
                await StoreAsync(come);
            }
            catch (Exception error)
            {
                // Others may still be stored; who handed them over is told at the end.
                _fault ??= error;
            }

            _places.Free(come.Count);
            come.Clear();
        }
    }

    private void Take(List<Answered> come)
    {
        while (_answers.Reader.TryRead(out var one))
        {
            come.Add(one);
            _gather.Took(one.Took);
        }
    }

    private async Task StoreAsync(List<Answered> come)
    {
        var since = Stopwatch.GetTimestamp();
        var now = _with.Now;
        var heard = _with.AcceptedIsHeard;
        var outcomes = come.ConvertAll(one => _with.Attention.Freeing(one.Ready.Delivery, Outcomes.Of(one.Ready, one.Answer, now, heard)));
        await CompleteAsync(outcomes);
        Forward += outcomes.Count(outcome => outcome.State != DeliveryState.Deferred || outcome.DueAt <= now);
        DispatchMeter.Took("commit outcomes", since);
        DispatchMeter.Stored(come.Zip(outcomes, (one, outcome) => (outcome.State, one.Ready.Go.Via)));
    }

    // An answer that comes late is taken too, while nobody else has sent the message again; so it is worth trying for as long as a call may last, or, where the
    // process is asked to stop, for as long as the others leave it its rows.
    private async Task CompleteAsync(List<DeliveryOutcome> outcomes)
    {
        var began = _with.Machine.GetTimestamp();
        for (var pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await _with.Ledger.CompleteAsync(_with.Lease(), outcomes, CancellationToken.None);
                return;
            }
            catch (StoreFaultException away) when (away.MayPass && _with.Machine.GetElapsedTime(began) < _with.OutcomesKept(_stop.IsCancellationRequested))
            {
                await Task.Delay(pause, _with.Machine);
            }
        }
    }

    private readonly record struct Answered(ReadyDelivery Ready, SendAnswer Answer, TimeSpan Took);
}

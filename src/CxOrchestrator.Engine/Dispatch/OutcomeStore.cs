using System.Diagnostics;
using System.Threading.Channels;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>Stores outcomes as they come, all that have come in one commit, and frees their places after it.</summary>
internal sealed class OutcomeStore
{
    private readonly HandOvers _with;
    private readonly SendPlaces _places;
    private readonly Channel<(ReadyDelivery Ready, SendAnswer Answer)> _answers =
        Channel.CreateUnbounded<(ReadyDelivery, SendAnswer)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Task _storing;
    private volatile Exception? _fault;

    public OutcomeStore(HandOvers with, SendPlaces places)
    {
        _with = with;
        _places = places;
        _storing = Task.Run(StoreAllAsync, CancellationToken.None);
    }

    /// <summary>Rows that came forward.</summary>
    public int Forward { get; private set; }

    /// <summary>True where something could not be stored: nothing more is to be handed over.</summary>
    public bool Failed => _fault is not null;

    /// <summary>Takes the answer for a row.</summary>
    public void Add(ReadyDelivery ready, SendAnswer answer) => _answers.Writer.TryWrite((ready, answer));

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
        var come = new List<(ReadyDelivery Ready, SendAnswer Answer)>();
        while (await _answers.Reader.WaitToReadAsync())
        {
            while (_answers.Reader.TryRead(out var one))
                come.Add(one);
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

    private async Task StoreAsync(List<(ReadyDelivery Ready, SendAnswer Answer)> come)
    {
        var since = Stopwatch.GetTimestamp();
        var now = _with.Now;
        var heard = _with.AcceptedIsHeard;
        var outcomes = come.ConvertAll(one => _with.Attention.Freeing(one.Ready.Delivery, Outcomes.Of(one.Ready, one.Answer, now, heard)));
        await _with.Ledger.CompleteAsync(_with.Lease(), outcomes, CancellationToken.None);
        Forward += outcomes.Count(outcome => outcome.State != DeliveryState.Deferred || outcome.DueAt <= now);
        DispatchMeter.Took("commit outcomes", since);
        DispatchMeter.Stored(outcomes);
    }
}

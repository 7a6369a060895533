using System.Threading.Channels;
using CxOrchestrator.Core.Ledger;
using Channel = CxOrchestrator.Core.Customers.Channel;

namespace CxOrchestrator.Engine.Running;

/// <summary>Tells a loop that there may be something to do, so that it needn't wait for its next look.</summary>
public sealed class Nudges
{
    private readonly Dictionary<Work, Channel<bool>> _channels = Enum.GetValues<Work>().ToDictionary(
        work => work,
        _ => System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));

    /// <summary>Wakes the loop of this work, or one of its loops; never waits.</summary>
    public void Nudge(Work work) => _channels[work].Writer.TryWrite(true);

    /// <summary>Wakes the loops that send, of all channels.</summary>
    public void NudgeSending()
    {
        Nudge(Work.Deliveries);
        Nudge(Work.Texts);
    }

    /// <summary>Wakes the loops that carry on what has been left behind.</summary>
    internal void NudgeFor(EffectCollector effects)
    {
        foreach (var delivery in effects.Deliveries)
            Nudge(Sends(delivery.Via is [Channel.Sms, ..] ? Channel.Sms : Channel.Email));
        if (effects.Settlements.Exists(outcome => outcome.State == DeliveryState.Deferred))
        {
            // It waits in the queue of the channel by which it went before; whoever finds it there passes it on.
            Nudge(Work.Deliveries);
            Nudge(Work.Texts);
        }

        if (effects.Cases.Count > 0)
            Nudge(Work.Cases);
        if (effects.WriteBacks.Count > 0)
            Nudge(Work.WriteBacks);
        if (effects.Events.Count > 0)
            Nudge(Work.Events);
        if (effects.Errands.Count > 0)
            Nudge(Work.Errands);
    }

    /// <summary>The work that sends by a channel.</summary>
    internal static Work Sends(Channel channel) => channel == Channel.Email ? Work.Deliveries : Work.Texts;

    /// <summary>Waits for a nudge, at most so long.</summary>
    internal async Task WaitAsync(Work work, TimeSpan atMost, TimeProvider clock, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await _channels[work].Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is up: the loop looks for itself.
        }
    }
}

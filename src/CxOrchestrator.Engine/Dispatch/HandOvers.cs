using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Attention;
using CxOrchestrator.Engine.Running;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>Begins flows of hand-overs, with all that one needs.</summary>
internal sealed class HandOvers(
    ILedger ledger, IPublishedContent content, SendCall call, SendDecider decider, AttentionDesk attention, Pace pace, CoreSettings settings, Clocks clocks, EngineNode node, EngineOptions options)
{
    /// <summary>The ledger that keeps them.</summary>
    public ILedger Ledger => ledger;

    /// <summary>Keeps customers' attention budgets.</summary>
    public AttentionDesk Attention => attention;

    /// <summary>Calls connections.</summary>
    public SendCall Call => call;

    /// <summary>Knows which connections keep failing.</summary>
    public Pace Pace => pace;

    /// <summary>Messages that are handed over and not answered, at most.</summary>
    public int AtOnce => settings.Sending.Concurrency;

    /// <summary>Whether a journey may listen to the event that a message was accepted.</summary>
    public bool AcceptedIsHeard => content.Hears(EventTypes.DeliveryAccepted);

    /// <summary>Now, in customers' time.</summary>
    public DateTimeOffset Now => clocks.Now;

    /// <summary>Now, in machine time.</summary>
    public DateTimeOffset MachineNow => clocks.MachineNow;

    /// <summary>False where the node's own lease is nearly over: nothing more is begun.</summary>
    public bool MayBegin => node.Life.Holds;

    /// <summary>A lease from now on that outlasts a call.</summary>
    public Lease Lease() => node.Lease(options.CallLease);

    /// <summary>Why a connection is not called now, or null where it is.</summary>
    public Verdict.Later? Outage(string connection) => decider.Outage(connection, clocks.Now);

    /// <summary>A flow that hands over nothing more once it is asked to stop.</summary>
    public SendFlow Begin(CancellationToken stop) => new(this, stop);
}

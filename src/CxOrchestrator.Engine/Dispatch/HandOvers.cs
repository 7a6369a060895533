using System.Collections.Concurrent;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
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
    private readonly ConcurrentDictionary<Channel, SendLevel> _levels = new();

    /// <summary>The ledger that keeps them.</summary>
    public ILedger Ledger => ledger;

    /// <summary>Keeps customers' attention budgets.</summary>
    public AttentionDesk Attention => attention;

    /// <summary>Calls connections.</summary>
    public SendCall Call => call;

    /// <summary>Knows which connections keep failing.</summary>
    public Pace Pace => pace;

    /// <summary>Whether a journey may listen to the event that a message was accepted.</summary>
    public bool AcceptedIsHeard => content.Hears(EventTypes.DeliveryAccepted);

    /// <summary>Now, in customers' time.</summary>
    public DateTimeOffset Now => clocks.Now;

    /// <summary>Now, in machine time.</summary>
    public DateTimeOffset MachineNow => clocks.MachineNow;

    /// <summary>The machine's timer.</summary>
    public TimeProvider Machine => clocks.Machine;

    /// <summary>False where the node's own lease is nearly over: nothing more is begun.</summary>
    public bool MayBegin => node.Life.Holds;

    /// <summary>How long answers that can't be stored are kept and tried again.</summary>
    public TimeSpan OutcomesKept(bool stopping) => stopping ? options.NodeLease : options.CallLease;

    /// <summary>A lease from now on that outlasts a call.</summary>
    public Lease Lease() => node.Lease(options.CallLease);

    /// <summary>Why a connection is not called now, or null where it is.</summary>
    public Verdict.Later? Outage(string connection) => decider.Outage(connection, clocks.Now);

    /// <summary>How much a channel's service is handed at once; what the flows before have found out is kept.</summary>
    public SendLevel Level(Channel channel) => _levels.GetOrAdd(channel, _ => new SendLevel(settings.Sending.Concurrency));

    /// <summary>A flow for one channel that hands over nothing more once it is asked to stop.</summary>
    public SendFlow Begin(Channel channel, CancellationToken stop) => new(this, Level(channel), stop);
}

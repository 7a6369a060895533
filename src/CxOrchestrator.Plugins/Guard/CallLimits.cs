using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Plugins.Guard;

/// <summary>
/// The limits of one connection that all of its versions share: a version on trial takes calls from the other, and never adds to
/// the load on the service.
/// </summary>
internal sealed class CallLimits(GuardOptions options, TimeProvider time, NodeShare? share = null)
{
    /// <summary>Calls at once, of this node: each node has as many connections of its own.</summary>
    public ConcurrencyLimit Concurrency { get; } = new(options.Concurrency, options.SlotWait, time);

    /// <summary>Calls a second, of all nodes together.</summary>
    public RateLimit Rate { get; } = new(options.CallsPerSecond, time, share);
}

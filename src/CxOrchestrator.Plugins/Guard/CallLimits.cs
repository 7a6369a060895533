namespace CxOrchestrator.Plugins.Guard;

/// <summary>
/// The limits of one connection that all of its versions share: a version on trial takes calls from the other, and never adds to
/// the load on the service.
/// </summary>
internal sealed class CallLimits(GuardOptions options, TimeProvider time)
{
    /// <summary>Calls at once.</summary>
    public ConcurrencyLimit Concurrency { get; } = new(options.Concurrency, options.SlotWait, time);

    /// <summary>Calls a second.</summary>
    public RateLimit Rate { get; } = new(options.CallsPerSecond, time);
}

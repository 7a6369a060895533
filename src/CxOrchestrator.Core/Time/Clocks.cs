namespace CxOrchestrator.Core;

/// <summary>
/// The two clocks. They differ only where time is sped up (demo, simulation, tests): customers' time runs fast then, while leases,
/// time limits and rates go on in machine time.
/// </summary>
/// <param name="Customer">Time as customers live it: waits, quiet hours, due times, everything that is stored about them.</param>
/// <param name="Machine">Time for leases, time limits, rates, breakers and polling.</param>
public sealed record Clocks(TimeProvider Customer, TimeProvider Machine)
{
    /// <summary>Now, in customers' time.</summary>
    public DateTimeOffset Now => Customer.GetUtcNow();

    /// <summary>Now, in machine time.</summary>
    public DateTimeOffset MachineNow => Machine.GetUtcNow();
}

namespace CxOrchestrator.Sdk.Testing.Faults;

/// <summary>Makes a stand-in misbehave, so that a suite can see what a connector makes of it. One fault at a time.</summary>
public interface IServiceFaults
{
    /// <summary>How long the service asks to wait while it is <see cref="ServiceFault.Throttled"/>; null where its protocol can't say. Default: null.</summary>
    TimeSpan? Wait => null;

    /// <summary>Begins a fault, which lasts until <see cref="End"/>.</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="passing">How many requests pass as usual before.</param>
    void Begin(ServiceFault fault, int passing = 0);

    /// <summary>Ends the fault.</summary>
    /// <returns>True where a request has met it.</returns>
    bool End();

    /// <summary>Ends when a request has met the fault.</summary>
    Task MetAsync();
}

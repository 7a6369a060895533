namespace CxOrchestrator.Engine.Simulating;

/// <summary>A simulation that is ready to run.</summary>
public interface ISimulation
{
    /// <summary>Runs it, once, and gives what it came to.</summary>
    /// <param name="progress">Told after each look how far customers' time has come.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<SimulationBook> RunAsync(IProgress<DateTimeOffset>? progress, CancellationToken cancellation);
}

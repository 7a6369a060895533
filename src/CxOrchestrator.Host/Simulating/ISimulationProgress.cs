using CxOrchestrator.Engine.Simulating;

namespace CxOrchestrator.Host.Simulating;

/// <summary>Is told how far a simulation has come.</summary>
internal interface ISimulationProgress
{
    /// <summary>The store is being copied.</summary>
    void Copying();

    /// <summary>A run begins; what comes back is told its time.</summary>
    /// <param name="terms">What is simulated.</param>
    /// <param name="name">Which run it is; empty where there is one.</param>
    IProgress<DateTimeOffset> Of(SimulationTerms terms, string name);
}

using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>Gives the events of a simulation, in the order of their time.</summary>
public interface IEventStream
{
    /// <summary>The next ones, each with its time, about as many as asked for; none after the last.</summary>
    Task<IReadOnlyList<IncomingEvent>> NextAsync(int about, CancellationToken cancellation);
}

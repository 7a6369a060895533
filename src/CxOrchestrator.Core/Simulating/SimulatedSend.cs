using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Simulating;

/// <summary>A message that a customer would get.</summary>
/// <param name="CustomerId">Who.</param>
/// <param name="Journey">The journey's key.</param>
/// <param name="StepId">The step.</param>
/// <param name="Occurrence">Which visit of the step, from 1.</param>
/// <param name="Message">The message's name.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Connection">The connection.</param>
/// <param name="At">When.</param>
public sealed record SimulatedSend(
    Guid CustomerId, string Journey, string StepId, int Occurrence, string Message, Channel Channel, string Connection, DateTimeOffset At);

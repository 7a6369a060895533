using CxOrchestrator.Sdk;

namespace CxOrchestrator.Core.Events;

/// <summary>Takes in what connections tell, whether they were asked (polling) or called us (webhooks).</summary>
public interface IConnectorIntake
{
    /// <summary>
    /// Stores the facts with the customer and the delivery that they are about; returns after the commit. One outcome for each, in the same order; what is
    /// faulty is refused by itself. Facts of <see cref="ServiceFacts"/> are taken whether or not a journey names their type.
    /// </summary>
    Task<IReadOnlyList<IntakeResult>> AcceptAsync(string connection, IReadOnlyList<ConnectorEvent> told, CancellationToken cancellation);
}

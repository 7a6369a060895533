using System.Text.Json;

namespace CxOrchestrator.Sdk;

/// <summary>Asks a service for what happened.</summary>
public interface IEventPoller
{
    /// <summary>Events since a cursor that an earlier call gave; null begins where the service begins.</summary>
    Task<Page<ConnectorEvent>> PollAsync(string? cursor, CancellationToken cancellation);
}

/// <summary>A fact about a person that a service tells.</summary>
/// <param name="Id">Unique within the connection: the same fact always has the same id.</param>
/// <param name="Type">For example <c>ticket.solved</c>; those in <see cref="ServiceFacts"/> are acted on by the host.</param>
/// <param name="PersonId">The service's id of the person; empty where it knows none.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Data">Whatever belongs to it: a JSON object.</param>
public sealed record ConnectorEvent(string Id, string Type, string PersonId, DateTimeOffset Time, JsonElement Data)
{
    /// <summary>The e-mail address or number (E.164) of the person, for services that know no other name of them; then the person's id may be empty.</summary>
    public string? Address { get; init; }

    /// <summary>The key of the delivery that it is about, where the service tells it.</summary>
    public string? DeliveryKey { get; init; }
}

using System.Text.Json;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Polling;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Inbound;

/// <inheritdoc cref="IConnectorIntake"/>
internal sealed class ConnectorIntake(IEventIntake intake, Recognition recognition, PollHints hints) : IConnectorIntake
{
    /// <summary>The member of an event's data that keeps the address by which a service named the person.</summary>
    public const string Address = "address";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IntakeResult>> AcceptAsync(
        string connection, IReadOnlyList<ConnectorEvent> told, CancellationToken cancellation)
    {
        var hinted = told.Where(IsHint).ToList();
        if (hinted.Count == 0)
            return await StoreAsync(connection, told, cancellation);
        // Not a fact about anybody, and nothing to keep: it lets the connection be asked sooner.
        hints.Ask(connection);
        var stored = new Queue<IntakeResult>(await StoreAsync(connection, [.. told.Where(one => !IsHint(one))], cancellation));
        return [.. told.Select(one => IsHint(one) ? new IntakeResult(IntakeOutcome.Duplicate, "polled at once instead") : stored.Dequeue())];
    }

    private static bool IsHint(ConnectorEvent told) => told?.Type == ServiceFacts.MailboxChanged;

    private async Task<IReadOnlyList<IntakeResult>> StoreAsync(string connection, IReadOnlyList<ConnectorEvent> told, CancellationToken cancellation)
    {
        if (told.Count == 0)
            return [];
        var meant = await recognition.FindAsync(connection, told, cancellation);
        var incoming = told.Zip(meant, (one, about) => Incoming(connection, one, about)).ToList();
        return await intake.AcceptAsync(incoming, allOrNone: false, cancellation);
    }

    private static IncomingEvent Incoming(string connection, ConnectorEvent told, Meant about) =>
        new(connection, told.Id, told.Type, SubjectOf(connection, told), told.Time, DataOf(told))
        {
            FromConnection = true,
            CustomerId = about.CustomerId,
            DeliveryId = about.DeliveryId,
        };

    // An event has a subject; of a fact about a ticket, say, the service may not know whose it is.
    private static string SubjectOf(string connection, ConnectorEvent told) =>
        FirstOf(told.PersonId, told.Address, told.DeliveryKey) ?? connection;

    private static string? FirstOf(params string?[] texts) => Array.Find(texts, text => !string.IsNullOrWhiteSpace(text));

    private static JsonElement DataOf(ConnectorEvent told)
    {
        if (told.Address is not { Length: > 0 } address || told.Data.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
            return told.Data.ValueKind == JsonValueKind.Null ? default : told.Data;
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (told.Data.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in told.Data.EnumerateObject())
                members[member.Name] = member.Value;
        }

        members[Address] = address;
        return JsonSerializer.SerializeToElement(members);
    }
}

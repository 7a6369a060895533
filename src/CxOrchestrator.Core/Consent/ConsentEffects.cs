using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Core.Consent;

/// <summary>
/// What a change of consent leaves behind, whoever tells it: the record, the event, and the write-back to the CRM, under keys made of what was in force
/// before, so that the same change told twice is one.
/// </summary>
public static class ConsentEffects
{
    /// <summary>The effects of what a customer said.</summary>
    /// <param name="said">What they said, by whom, how and when.</param>
    /// <param name="before">What is in force for the same channel and purpose, or null.</param>
    /// <param name="now">When we learnt it.</param>
    public static Effects Of(ConsentRecord said, ConsentRecord? before, DateTimeOffset now)
    {
        var state = said.State == ConsentState.Withdrawn ? "withdrawn" : "given";
        var channel = said.Channel.ToString().ToLowerInvariant();
        var purpose = said.Purpose.ToString().ToLowerInvariant();
        var key = string.Create(
            CultureInfo.InvariantCulture, $"consent/{said.CustomerId:N}/{channel}/{purpose}/{state}/{before?.At.UtcTicks ?? 0}");
        var data = JsonSerializer.SerializeToElement(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["channel"] = channel,
            ["purpose"] = purpose,
            ["state"] = state,
            ["how"] = said.How,
        });
        return new Effects
        {
            Consents = [said],
            Events = [EventOf(said, key, data, now)],
            WriteBacks = [WriteBackOf(said, $"Consent {state}: {purpose} by {channel}", key, data, now)],
        };
    }

    private static CustomerEvent EventOf(ConsentRecord said, string key, JsonElement data, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        Source = EventTypes.OwnSource,
        SourceId = key,
        Type = said.State == ConsentState.Withdrawn ? EventTypes.ConsentWithdrawn : EventTypes.ConsentGiven,
        Subject = said.CustomerId.ToString("N"),
        CustomerId = said.CustomerId,
        Time = said.At,
        ReceivedAt = now,
        Data = data,
    };

    private static WriteBack WriteBackOf(ConsentRecord said, string title, string key, JsonElement data, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        CustomerId = said.CustomerId,
        Key = key,
        Kind = CrmChangeKind.Consent,
        Title = title,
        Values = data,
        At = said.At,
        DueAt = now,
    };
}

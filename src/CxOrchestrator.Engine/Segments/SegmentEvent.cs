using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Engine.Segments;

/// <summary>Makes the events that tell of comings and leavings.</summary>
internal static class SegmentEvent
{
    /// <summary>An event.</summary>
    /// <param name="type">Entered or left.</param>
    /// <param name="id">Its id, made of what it is about.</param>
    /// <param name="customer">Who.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="journey">The only journey that it is told for, or null.</param>
    /// <param name="now">When.</param>
    public static CustomerEvent Of(string type, string id, Guid customer, string segment, string? journey, DateTimeOffset now)
    {
        var data = new Dictionary<string, object?>(StringComparer.Ordinal) { ["segment"] = segment };
        if (journey is not null)
            data["journey"] = journey;
        return new CustomerEvent
        {
            Id = Ids.New(now),
            Source = EventTypes.OwnSource,
            SourceId = id,
            Type = type,
            Subject = customer.ToString("N"),
            CustomerId = customer,
            Time = now,
            ReceivedAt = now,
            Data = JsonSerializer.SerializeToElement(data),
        };
    }
}

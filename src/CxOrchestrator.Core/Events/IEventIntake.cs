using System.Text.Json;

namespace CxOrchestrator.Core.Events;

/// <summary>Takes events in, from HTTP, files and connections.</summary>
public interface IEventIntake
{
    /// <summary>
    /// Checks and stores events; returns after the commit. All faults of a call are told at once; where one is refused, the others are stored all the
    /// same unless <paramref name="allOrNone"/> is set.
    /// </summary>
    Task<IReadOnlyList<IntakeResult>> AcceptAsync(
        IReadOnlyList<IncomingEvent> events, bool allOrNone, CancellationToken cancellation);
}

/// <summary>An event as it comes in.</summary>
/// <param name="Source">Who tells it.</param>
/// <param name="SourceId">Its id there; required.</param>
/// <param name="Type">Its type; must be a known one.</param>
/// <param name="Subject">The customer's id at the source; required.</param>
/// <param name="Time">When it happened; null for now.</param>
/// <param name="Data">A JSON object.</param>
public sealed record IncomingEvent(
    string Source, string SourceId, string Type, string Subject, DateTimeOffset? Time, JsonElement Data)
{
    /// <summary>True where a connection tells it: then the facts that connectors tell are known types, whether or not a journey names them.</summary>
    public bool FromConnection { get; init; }

    /// <summary>The customer, where known by more than the subject.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The delivery that it is about, where known.</summary>
    public Guid? DeliveryId { get; init; }
}

/// <summary>What became of an incoming event.</summary>
public enum IntakeOutcome
{
    /// <summary>Stored.</summary>
    Stored,

    /// <summary>Was stored before.</summary>
    Duplicate,

    /// <summary>Refused.</summary>
    Refused,
}

/// <summary>The outcome with its reason: for refused ones what is wrong, where, and what to do.</summary>
public sealed record IntakeResult(IntakeOutcome Outcome, string Reason = "")
{
    /// <summary>The reason of an event that is good itself and was refused because another of the same call was.</summary>
    public const string OthersRefused = "not stored, because another event of the same call was refused";
}

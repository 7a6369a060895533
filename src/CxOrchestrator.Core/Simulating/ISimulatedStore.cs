using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Core.Simulating;

/// <summary>What a simulation asks of the copy that it runs on.</summary>
public interface ISimulatedStore
{
    /// <summary>When the next walk, message, case, date or end of a silence is due, or null.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation);

    /// <summary>
    /// Frees the re-entry slots that stand for one record (an order, an event), because the records of the past come again as new ones. Slots of a
    /// customer (<c>once</c>, <c>every 90d</c>) stay.
    /// </summary>
    Task FreeRecordSlotsAsync(CancellationToken cancellation);

    /// <summary>Events that others told, oldest first: those that happened from one time up to, not with, another.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The moment after the last.</param>
    /// <param name="after">The last event of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    Task<IReadOnlyList<CustomerEvent>> ToldAsync(DateTimeOffset from, DateTimeOffset to, CustomerEvent? after, int limit, CancellationToken cancellation);

    /// <summary>Messages that were planned from a time on and that nobody has, each with the reason.</summary>
    Task<IReadOnlyList<UnsentMessage>> UnsentAsync(DateTimeOffset since, CancellationToken cancellation);

    /// <summary>How many walks stand at each step of journeys' versions, and how many have ended there since a time.</summary>
    Task<IReadOnlyList<StepStanding>> StandingAsync(DateTimeOffset since, CancellationToken cancellation);
}

/// <summary>A message that nobody has.</summary>
/// <param name="CustomerId">Who doesn't have it.</param>
/// <param name="Journey">The journey's key.</param>
/// <param name="StepId">The step.</param>
/// <param name="Occurrence">Which visit of the step, from 1.</param>
/// <param name="Message">The message's name.</param>
/// <param name="Via">Channels in the order of preference.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="At">Since when.</param>
public sealed record UnsentMessage(
    Guid CustomerId, string Journey, string StepId, int Occurrence, string Message, IReadOnlyList<Channel> Via, DeliveryState State, string Reason,
    DateTimeOffset At);

/// <summary>How many walks stand at a step.</summary>
/// <param name="Journey">The journey's key.</param>
/// <param name="Version">Its version.</param>
/// <param name="StepId">The step.</param>
/// <param name="Active">Under way.</param>
/// <param name="Ended">Ended here.</param>
public sealed record StepStanding(string Journey, int Version, string StepId, long Active, long Ended);

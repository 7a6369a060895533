using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Core.Simulating;

/// <summary>What a simulation asks of the copy that it runs on.</summary>
public interface ISimulatedStore
{
    /// <summary>What is due next, of each kind.</summary>
    Task<SimulatedDue> DueAsync(CancellationToken cancellation);

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
    /// <param name="since">The time; null leaves those that have ended out, which is quick.</param>
    /// <param name="cancellation">Ends the reading.</param>
    Task<IReadOnlyList<StepStanding>> StandingAsync(DateTimeOffset? since, CancellationToken cancellation);
}

/// <summary>What is due next.</summary>
/// <param name="Events">Whether events wait to be decided on.</param>
/// <param name="Walks">When the next walk is due, or null.</param>
/// <param name="Messages">When the next message is due, or null.</param>
/// <param name="Cases">When the next case is to be opened, or null.</param>
/// <param name="Moments">When the next date or end of a silence comes, or null.</param>
public sealed record SimulatedDue(bool Events, DateTimeOffset? Walks, DateTimeOffset? Messages, DateTimeOffset? Cases, DateTimeOffset? Moments)
{
    /// <summary>The earliest of the times, or null.</summary>
    public DateTimeOffset? Next => new[] { Walks, Messages, Cases, Moments }.Min();
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

using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Core.Books;

/// <summary>
/// The books: everything that came in, beside everything that became of it. All counts are of one moment (one transaction).
/// </summary>
public sealed record Books
{
    /// <summary>Events stored.</summary>
    public required long Events { get; init; }

    /// <summary>Events that were dropped because they were old; counted nowhere else but in what was decided on them.</summary>
    public long EventsDropped { get; init; }

    /// <summary>Ledger rows that were dropped because they were old.</summary>
    public long LedgerRowsDropped { get; init; }

    /// <summary>Events that nobody has processed yet.</summary>
    public required long EventsWaiting { get; init; }

    /// <summary>
    /// Decisions on enrolling, by outcome (enrolled and the ways of not being enrolled); every processed event has one for each journey
    /// that begins with its type, or one <see cref="EventOutcome.NoJourney"/>. With those on events that were dropped.
    /// </summary>
    public required IReadOnlyDictionary<EventOutcome, long> Decisions { get; init; }

    /// <summary>Processed events without any decision on enrolling: must be 0.</summary>
    public required long EventsWithoutDecision { get; init; }

    /// <summary>Enrolments that an event began.</summary>
    public required long EnrolmentsByEvent { get; init; }

    /// <summary>Enrolments that a schedule began.</summary>
    public required long EnrolmentsBySchedule { get; init; }

    /// <summary>Ledger rows by state.</summary>
    public required IReadOnlyDictionary<DeliveryState, long> Deliveries { get; init; }

    /// <summary>Ledger rows.</summary>
    public required long DeliveryRows { get; init; }

    /// <summary>Responses.</summary>
    public required long Responses { get; init; }

    /// <summary>Revisions of responses: one answer event and one answer write-back is owed for each.</summary>
    public required long ResponseRevisions { get; init; }

    /// <summary>Answer events stored, with those that were dropped.</summary>
    public required long AnswerEvents { get; init; }

    /// <summary>Answer write-backs stored, whatever their state.</summary>
    public required long AnswerWriteBacks { get; init; }

    /// <summary>Cases by state.</summary>
    public required IReadOnlyDictionary<CaseState, long> Cases { get; init; }

    /// <summary>Write-backs by state.</summary>
    public required IReadOnlyDictionary<WriteBackState, long> WriteBacks { get; init; }

    /// <summary>What does not balance, in words; empty where all does.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        Expect("processed events without a decision", 0, EventsWithoutDecision);
        Expect("decisions \"enrolled\" against enrolments that an event began",
            Decisions.GetValueOrDefault(EventOutcome.Enrolled), EnrolmentsByEvent);
        Expect("ledger rows by state against rows", Deliveries.Values.Sum(), DeliveryRows);
        Expect("answers against answer events", ResponseRevisions, AnswerEvents);
        Expect("answers against answer write-backs", ResponseRevisions, AnswerWriteBacks);
        return faults;

        void Expect(string what, long expected, long actual)
        {
            if (expected != actual)
                faults.Add($"{what}: {expected} expected, {actual} found");
        }
    }
}

/// <summary>Reads the books.</summary>
public interface IBooksStore
{
    /// <summary>All counts in one transaction.</summary>
    Task<Books> ReadAsync(CancellationToken cancellation);
}

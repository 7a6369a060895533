namespace CxOrchestrator.Core.Doctor;

/// <summary>What can be wrong with stored work.</summary>
public enum Ailment
{
    /// <summary>Events that nobody has processed.</summary>
    EventsNotProcessed,

    /// <summary>Walks that are due and not walked on.</summary>
    WalksNotStarted,

    /// <summary>Messages that are due and not taken up.</summary>
    MessagesNotStarted,

    /// <summary>Cases whose ticket is due to be opened.</summary>
    CasesNotStarted,

    /// <summary>Write-backs that are due and not taken up.</summary>
    WriteBacksNotStarted,

    /// <summary>Errands that are due and not taken up.</summary>
    ErrandsNotStarted,

    /// <summary>Work under a lease that ended long ago.</summary>
    LeasesLeft,

    /// <summary>Messages of which nobody knows whether they were sent.</summary>
    MessagesUnknown,

    /// <summary>Walks that an error has stopped.</summary>
    WalksFailed,

    /// <summary>Write-backs that were refused for good, or given up.</summary>
    WriteBacksDead,

    /// <summary>Errands that were refused for good, or given up.</summary>
    ErrandsDead,

    /// <summary>Cases whose ticket the helpdesk refused for good.</summary>
    CasesRefused,
}

/// <summary>One ailment that was found.</summary>
/// <param name="Ailment">Which.</param>
/// <param name="Count">How many rows, from 1.</param>
/// <param name="Since">Since when the oldest; in machine time for leases, else in customers' time.</param>
public sealed record Symptom(Ailment Ailment, long Count, DateTimeOffset Since);

/// <summary>Looks for what is wrong. Reads alone, and costs what is wrong: the work that has ended well is not looked at.</summary>
public interface ISymptomStore
{
    /// <summary>What is wrong at this moment.</summary>
    /// <param name="dueBefore">Work that was due by then, in customers' time, should have been taken up.</param>
    /// <param name="leasedBefore">Leases that ended by then, in machine time, should have been taken over.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<IReadOnlyList<Symptom>> ReadAsync(DateTimeOffset dueBefore, DateTimeOffset leasedBefore, CancellationToken cancellation);

    /// <summary>
    /// Those of these types of which no event was received since a time. A type that is common is found at once; one that never came costs a look at all
    /// events since then.
    /// </summary>
    Task<IReadOnlyList<string>> NotSeenAsync(IReadOnlyCollection<string> types, DateTimeOffset since, CancellationToken cancellation);

    /// <summary>The database's own clock.</summary>
    Task<DateTimeOffset> ClockAsync(CancellationToken cancellation);
}

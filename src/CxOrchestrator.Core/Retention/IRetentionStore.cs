namespace CxOrchestrator.Core.Retention;

/// <summary>
/// Lets go of what has ended and is old. What is still open is never dropped: an event that isn't decided on, a ledger row that is planned, under way or
/// unknown, and whatever belongs to a walk that is under way or waits for a person. An event's name stays known: told again, it is still the same event.
/// </summary>
public interface IRetentionStore
{
    /// <summary>
    /// Makes room ahead of time, where the store keeps months apart: for this month and the next ones. Gives the names of what was made. May be run by
    /// many at once, and at any time; what has no room of its own is stored all the same.
    /// </summary>
    /// <param name="now">Customers' time.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<IReadOnlyList<string>> PrepareAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Drops what is older than the limits. May be run by many at once; what is interrupted goes on next time.</summary>
    Task<Dropped> DropAsync(RetentionLimits limits, CancellationToken cancellation);

    /// <summary>What is older than the limits and stays, and what lies in no month of its own. Reads alone.</summary>
    Task<IReadOnlyList<HeldBack>> HeldBackAsync(RetentionLimits limits, CancellationToken cancellation);
}

/// <summary>What was dropped.</summary>
/// <param name="Events">Events, each with its decisions.</param>
/// <param name="LedgerRows">Ledger rows.</param>
public sealed record Dropped(long Events, long LedgerRows);

/// <summary>Why something is kept longer than the settings say.</summary>
public enum HeldBecause
{
    /// <summary>Events that nobody has decided on.</summary>
    EventsOpen,

    /// <summary>Events that began walks which are under way, or wait for a person.</summary>
    EventsOfWalks,

    /// <summary>Ledger rows that are planned, under way or unknown.</summary>
    MessagesOpen,

    /// <summary>Ledger rows of walks that are under way, or wait for a person.</summary>
    MessagesOfWalks,

    /// <summary>Not old, but in no month of their own: nobody made it in time.</summary>
    NoMonth,
}

/// <summary>Rows that are held back.</summary>
/// <param name="Because">Why.</param>
/// <param name="Month">The month that stays because of them, its first day; null where months don't stay as a whole.</param>
/// <param name="Rows">How many rows hold it back.</param>
public sealed record HeldBack(HeldBecause Because, DateOnly? Month, long Rows);

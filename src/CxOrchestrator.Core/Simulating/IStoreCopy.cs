namespace CxOrchestrator.Core.Simulating;

/// <summary>Copies what is known into a file of its own, on which a simulation runs. Reads only: the store that is copied stays as it is.</summary>
public interface IStoreCopy
{
    /// <summary>
    /// Copies one moment of the store into a new SQLite file of the same schema: content, people, consent, suppressions, walks, slots of re-entry, and the
    /// ledger and events of the time before. Left out is what decides on nothing: changes owed to the CRM, errands, what nodes and plugins keep. Leases are
    /// free in the copy, and a message that was just on its way counts as accepted.
    /// </summary>
    /// <param name="file">The new file; its folder exists.</param>
    /// <param name="scope">What is copied.</param>
    /// <param name="cancellation">Ends it; the file is of no use then.</param>
    Task CopyAsync(string file, CopyScope scope, CancellationToken cancellation);
}

/// <summary>What is copied.</summary>
/// <param name="Since">Ended walks and messages, and events, from this time on.</param>
/// <param name="Customers">These customers alone; null for all, and for events of people whom nobody knows.</param>
public sealed record CopyScope(DateTimeOffset Since, IReadOnlyCollection<Guid>? Customers);

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// The keys between which everything lies that was handed over since a time, but for what the table of late hand-overs holds: a message is handed over within
/// <see cref="Late"/> of when it was planned, which its key begins with, or it stands there too. Months outside aren't looked at.
/// </summary>
/// <param name="From">The first key.</param>
/// <param name="Middle">A key between: see <see cref="AttentionSql"/>.</param>
/// <param name="To">The first key after the last.</param>
internal readonly record struct LatelyPlanned(Guid From, Guid Middle, Guid To)
{
    /// <summary>From when on a message is late; the migration that made the table of late ones says the same.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromHours(336);

    // Planned by a node whose clock is ahead of the one that hands over, and handed over by one whose clock is ahead of ours: a day each, where seconds are to be expected.
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(48);

    /// <summary>Those for what was handed over since a time.</summary>
    public static LatelyPlanned Of(DateTimeOffset since, DateTimeOffset now) =>
        new(InOrderOfTime.FirstOf(since - Late), InOrderOfTime.FirstOf(since), InOrderOfTime.FirstOf(now + Ahead));
}

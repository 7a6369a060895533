using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Core.Publishing;

/// <summary>
/// Stores how journeys stand, and what a pause holds: walks and messages are taken out of what is due when their turn comes, each with when it was due, so
/// that a pause of a million people costs nothing until their time comes, and a resumption is read from the store.
/// </summary>
public interface IJourneyStateStore
{
    /// <summary>Journeys of which something was said; all others are live.</summary>
    Task<IReadOnlyList<JourneyState>> AllAsync(CancellationToken cancellation);

    /// <summary>Sets how a journey stands.</summary>
    Task SetAsync(JourneyState state, CancellationToken cancellation);

    /// <summary>Takes claimed walks out of what is due. One that has changed since it was claimed is left alone. No revision rises: nobody has acted.</summary>
    Task HoldWalksAsync(IReadOnlyList<Enrolment> walks, CancellationToken cancellation);

    /// <summary>Remembers when messages that are about to be put off were due; one that is held already keeps the time that it has.</summary>
    Task HoldMessagesAsync(IReadOnlyList<Delivery> messages, CancellationToken cancellation);

    /// <summary>What is held of a journey, and how much of it was due before a time.</summary>
    Task<HeldCount> HeldAsync(string journey, DateTimeOffset lateBefore, CancellationToken cancellation);

    /// <summary>
    /// Lets go of a page of what is held, in one transaction: walks and messages are due as they were. What was due before
    /// <see cref="JourneyState.SkipBefore"/> is not made up for: walks leave, messages expire, both with the state's words. Gives how much was let go.
    /// </summary>
    Task<int> ReleaseAsync(JourneyState state, DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>
    /// Ends a page of a stopped journey, in one transaction: people leave and messages that are not handed over are not sent, with the state's words. Gives how
    /// many walks and messages were ended.
    /// </summary>
    Task<int> StopAsync(JourneyState state, DateTimeOffset now, int limit, CancellationToken cancellation);
}

/// <summary>What is held.</summary>
/// <param name="Walks">Walks that are held.</param>
/// <param name="Messages">Messages that are held.</param>
/// <param name="LateWalks">Walks among them that were due before the time.</param>
/// <param name="LateMessages">Messages among them that were due before the time.</param>
public sealed record HeldCount(long Walks, long Messages, long LateWalks, long LateMessages)
{
    /// <summary>How much is late.</summary>
    public long Late => LateWalks + LateMessages;
}

namespace CxOrchestrator.Core.Experiments;

/// <summary>
/// Keeps who came to which variant, what they did, and the winners. People and what they did come with <see cref="IWork.CommitAsync"/>, which keeps the
/// tallies too, so that reading them costs the same however many people there are.
/// </summary>
public interface ISplitStore
{
    /// <summary>Everybody among these customers who is watched at a time, in every split where they are.</summary>
    Task<IReadOnlyList<SplitPerson>> WatchedAsync(IReadOnlyCollection<Guid> customers, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>The tallies of a journey, by split, version and variant.</summary>
    Task<IReadOnlyList<SplitTally>> TalliesAsync(string journey, CancellationToken cancellation);

    /// <summary>The winners of a journey's splits.</summary>
    Task<IReadOnlyList<SplitWinner>> WinnersAsync(string journey, CancellationToken cancellation);

    /// <summary>Calls a winner, once: gives the one that holds, which may be another that was called before.</summary>
    Task<SplitWinner> CallAsync(SplitWinner winner, CancellationToken cancellation);
}

/// <summary>A variant that won.</summary>
/// <param name="Journey">The journey's key.</param>
/// <param name="Split">The split's name.</param>
/// <param name="Variant">The variant.</param>
/// <param name="At">When it was called.</param>
/// <param name="Reason">On what grounds, in words.</param>
public sealed record SplitWinner(string Journey, string Split, string Variant, DateTimeOffset At, string Reason);

using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Core.Moments;

/// <summary>
/// Keeps the moments of journeys that dates and silences begin: an index on what is due, so that looking costs the same however many customers there are.
/// One node at a time plans and tells.
/// </summary>
public interface IMomentStore
{
    /// <summary>What there is to do; cheap.</summary>
    Task<MomentLook> LookAsync(CancellationToken cancellation);

    /// <summary>Begins to plan a journey, or begins anew; moments that stand are looked at when they are due, or when their customer's turn comes.</summary>
    Task StartAsync(MomentPlan plan, CancellationToken cancellation);

    /// <summary>Takes away moments of a journey, at most so many, and its plan with the last of them; gives how many.</summary>
    Task<int> EndAsync(string journey, int limit, CancellationToken cancellation);

    /// <summary>Moments that are due, longest due first.</summary>
    Task<IReadOnlyList<Moment>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>Customers who became known or changed since there is a plan, longest ago first.</summary>
    Task<IReadOnlyList<CustomerChange>> ChangesAsync(int limit, CancellationToken cancellation);

    /// <summary>When each of these customers last had an event of a type; those who never had one are left out.</summary>
    Task<IReadOnlyDictionary<Guid, DateTimeOffset>> LastHeardAsync(IReadOnlyCollection<Guid> customers, string type, CancellationToken cancellation);

    /// <summary>Journeys whose customers are all planned, and none of whom has a moment.</summary>
    Task<IReadOnlyList<string>> EmptyAsync(CancellationToken cancellation);

    /// <summary>Stores what a look came to, in one transaction: events (each once, by source and source id), where moments stand now, how far a plan is, and changes that are taken in.</summary>
    Task CommitAsync(MomentWork work, CancellationToken cancellation);
}

/// <summary>What there is to do.</summary>
/// <param name="Plans">The plans.</param>
/// <param name="NextDue">The earliest moment, or null.</param>
/// <param name="Changes">Whether changes of customers wait.</param>
public sealed record MomentLook(IReadOnlyList<MomentPlan> Plans, DateTimeOffset? NextDue, bool Changes);

/// <summary>A customer who became known or changed.</summary>
/// <param name="Number">The note's number.</param>
/// <param name="CustomerId">The customer.</param>
public sealed record CustomerChange(long Number, Guid CustomerId);

/// <summary>What a look at moments came to.</summary>
public sealed record MomentWork
{
    /// <summary>Events to tell.</summary>
    public IReadOnlyList<CustomerEvent> Events { get; init; } = [];

    /// <summary>Where moments stand now.</summary>
    public IReadOnlyList<MomentMove> Moves { get; init; } = [];

    /// <summary>How far a plan is, or null.</summary>
    public MomentPlan? Plan { get; init; }

    /// <summary>Numbers of the changes that are taken in.</summary>
    public IReadOnlyList<long> Taken { get; init; } = [];
}

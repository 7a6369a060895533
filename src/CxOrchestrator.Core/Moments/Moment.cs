namespace CxOrchestrator.Core.Moments;

/// <summary>A time at which the trigger of a journey looks at a customer: their next birthday, or the end of a silence that nothing has broken so far.</summary>
/// <param name="Journey">The journey's key. It has one moment with a customer.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="DueAt">When, in customers' time. It is a time to look again, not a promise: what is told then is decided by what is known then.</param>
/// <param name="Since">The last event from which a silence is counted; null for dates.</param>
public sealed record Moment(string Journey, Guid CustomerId, DateTimeOffset DueAt, DateTimeOffset? Since);

/// <summary>How far the moments of a journey are planned. From when it is stored on, changes of customers are noted for it.</summary>
/// <param name="Journey">The journey's key.</param>
/// <param name="Rule">Its trigger in words; with other words everybody is planned anew.</param>
/// <param name="Since">When this trigger was first seen, in customers' time: what came before begins nothing.</param>
/// <param name="Cursor">The last customer who was planned, in order of key; null before the first.</param>
/// <param name="Done">Whether everybody was planned.</param>
public sealed record MomentPlan(string Journey, string Rule, DateTimeOffset Since, Guid? Cursor, bool Done);

/// <summary>Where a moment is to stand.</summary>
/// <param name="Journey">The journey's key.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="DueAt">When; null for no more.</param>
/// <param name="Since">As of <see cref="Moment"/>; one that is known already stays.</param>
/// <param name="Was">Only where the moment still stands there: an event that came meanwhile has put it off. Null for wherever it stands.</param>
public sealed record MomentMove(string Journey, Guid CustomerId, DateTimeOffset? DueAt, DateTimeOffset? Since, DateTimeOffset? Was = null);

namespace CxOrchestrator.Core;

/// <summary>In which lane work waits for its turn, so that a journey of a million doesn't stand before one customer's service message.</summary>
public enum Lane
{
    /// <summary>A journey of service that something about one person began.</summary>
    Service,

    /// <summary>Any other journey that something about one person began.</summary>
    Personal,

    /// <summary>A journey that a schedule began, for many at once.</summary>
    Bulk,
}

namespace CxOrchestrator.Plugins.Guard;

/// <summary>Where a breaker stands.</summary>
internal enum BreakerPosition
{
    /// <summary>Calls go through.</summary>
    Closed,

    /// <summary>Calls are refused, or one is being let through as a trial.</summary>
    Open,

    /// <summary>As open, but for long: the connection is quarantined.</summary>
    Quarantined,
}

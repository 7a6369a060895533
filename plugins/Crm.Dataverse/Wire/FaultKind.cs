namespace CxOrchestrator.Plugins.CrmDataverse.Wire;

/// <summary>What an answer that is no success means for whoever asked.</summary>
internal enum FaultKind
{
    /// <summary>The row (or one that it refers to) is not there.</summary>
    Gone,

    /// <summary>412: a row with the same primary or alternate key is there.</summary>
    KeyTaken,

    /// <summary>412: the row has changed since it was read.</summary>
    Stale,

    /// <summary>412: duplicate detection rules forbid it.</summary>
    DuplicateRule,

    /// <summary>The delta link is older than the organisation remembers.</summary>
    TokenExpired,

    /// <summary>Not now: limits, sign-in, privileges, outages, locks.</summary>
    Later,

    /// <summary>Never in this form.</summary>
    Refused,
}

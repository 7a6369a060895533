namespace CxOrchestrator.Core.Nodes;

/// <summary>What the store says to a sign of life.</summary>
/// <param name="Standing">What the node was to the others until now.</param>
/// <param name="Now">The store's time.</param>
/// <param name="Others">How many other nodes live: their leases have not ended.</param>
public sealed record BeatAnswer(NodeStanding Standing, DateTimeOffset Now, int Others);

/// <summary>What a node was to the others when it told that it lives.</summary>
public enum NodeStanding
{
    /// <summary>One of them; its lease is renewed.</summary>
    Held,

    /// <summary>Taken for lost: others have what it held. It is one of them again from now on.</summary>
    WasLost,

    /// <summary>Another process has its name now: this one has no lease, and must end.</summary>
    Replaced,

    /// <summary>Nobody knows it (the store was put back from a backup): it must register again.</summary>
    Unknown,
}

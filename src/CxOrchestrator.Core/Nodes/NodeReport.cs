namespace CxOrchestrator.Core.Nodes;

/// <summary>A node as the store knows it.</summary>
public sealed record NodeReport
{
    /// <summary>Who it is.</summary>
    public required NodeIdentity Node { get; init; }

    /// <summary>Where it stands.</summary>
    public required NodeState State { get; init; }

    /// <summary>When it registered, in the store's time.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was heard of last.</summary>
    public required DateTimeOffset HeardAt { get; init; }

    /// <summary>When its lease ends or ended.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>How far its machine's clock was ahead of the store's at the last look; null where it was not compared.</summary>
    public TimeSpan? ClockOff { get; init; }

    /// <summary>How much came forward since its start, by kind of work.</summary>
    public IReadOnlyDictionary<string, long> Work { get; init; } = new Dictionary<string, long>();

    /// <summary>The rows that it holds now, by table.</summary>
    public IReadOnlyDictionary<string, long> Holds { get; init; } = new Dictionary<string, long>();

    /// <summary>True where it takes work, or ends what it has begun, and its lease has not ended at a time of the store's.</summary>
    public bool LivesAt(DateTimeOffset now) => State is NodeState.Running or NodeState.Draining && LeaseUntil > now;
}

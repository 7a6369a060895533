namespace CxOrchestrator.Core.Nodes;

/// <summary>Where a node stands. The numbers are stored.</summary>
public enum NodeState
{
    /// <summary>Takes work.</summary>
    Running = 0,

    /// <summary>Was asked to stop: ends what it has begun, and takes no more.</summary>
    Draining = 1,

    /// <summary>Has stopped, and handed on what it held.</summary>
    Stopped = 2,

    /// <summary>Was not heard of until its lease ended; others have taken over what it held.</summary>
    Lost = 3,
}

namespace CxOrchestrator.Core.Nodes;

/// <summary>One process that runs the engine: who it is, for the rows that it holds and for an operator.</summary>
public sealed record NodeIdentity
{
    /// <summary>Unique for every process that ever was: its name and a key of its own. Stands in the rows that it holds.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, the same after a restart; no two that run at once have the same.</summary>
    public required string Name { get; init; }

    /// <summary>The machine that it runs on.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Its process id on that machine.</summary>
    public int Process { get; init; }

    /// <summary>Its data folder. A lock in it lets one process alone run on it: of two with the same machine and folder, the earlier is gone.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Where its pages listen.</summary>
    public string Address { get; init; } = "";

    /// <summary>The program's version.</summary>
    public string Version { get; init; } = "";
}

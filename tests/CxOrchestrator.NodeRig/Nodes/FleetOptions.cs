namespace CxOrchestrator.NodeRig.Nodes;

/// <summary>What the nodes of a fleet have in common.</summary>
public sealed record FleetOptions
{
    /// <summary>How many nodes.</summary>
    public required int Nodes { get; init; }

    /// <summary>PostgreSQL's connection string; null for SQLite, which has one node.</summary>
    public required string? Database { get; init; }

    /// <summary>The port of the mail server on loopback.</summary>
    public required int MailPort { get; init; }

    /// <summary>SMTP connections of a node. At most two messages for each are handed over and unanswered. Default: 4, as the product's.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>How fast customers' time runs: what is put off for a minute comes again so much sooner. Default: 20.</summary>
    public double Speed { get; init; } = 20;

    /// <summary>Content files by their path in the content folder.</summary>
    public required IReadOnlyDictionary<string, string> Content { get; init; }
}

namespace CxOrchestrator.NodeRig.Stops;

/// <summary>How hard it is.</summary>
public sealed record HardStopOptions
{
    /// <summary>Messages in all.</summary>
    public required int Sends { get; init; }

    /// <summary>Nodes; one where there is no PostgreSQL. Default: 3.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>How often a node is killed.</summary>
    public required int Kills { get; init; }

    /// <summary>How often PostgreSQL is restarted.</summary>
    public int DatabaseRestarts { get; init; }

    /// <summary>How often the mail server is restarted.</summary>
    public int MailServerRestarts { get; init; }

    /// <summary>What all chance comes from.</summary>
    public required int Seed { get; init; }

    /// <summary>True for PostgreSQL, false for SQLite. Default: true.</summary>
    public bool Postgres { get; init; } = true;

    /// <summary>From the end of a message to the mail server's answer. Default: 2 ms.</summary>
    public TimeSpan TimePerMessage { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How long nothing may come forward before the run is given up. Default: 7 minutes, which outlasts every lease.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(7);
}

namespace CxOrchestrator.NodeRig.Stops;

/// <summary>What is stopped without a word.</summary>
public enum StopKind
{
    /// <summary>A node, with SIGKILL; it is started again at once.</summary>
    Node,

    /// <summary>PostgreSQL, in immediate mode; it recovers from its log.</summary>
    Database,

    /// <summary>The mail server, with every connection cut where it stands; it comes back after a moment.</summary>
    MailServer,
}

namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>What goes wrong for a while.</summary>
internal enum FaultKind
{
    /// <summary>A node is killed and started again; never the first, so that one is seen for the whole time.</summary>
    NodeKilled,

    /// <summary>PostgreSQL is restarted in immediate mode.</summary>
    DatabaseRestarted,

    /// <summary>The mail server cuts its connections, and comes back after two seconds.</summary>
    MailServerRestarted,

    /// <summary>The mail server puts three of ten messages off for five seconds.</summary>
    MailPutOff,

    /// <summary>The mail server takes 300 ms for each message for five seconds.</summary>
    MailSlow,
}

/// <summary>A fault that was made.</summary>
/// <param name="Kind">What.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended.</param>
internal sealed record SoakFault(FaultKind Kind, DateTimeOffset From, DateTimeOffset To);

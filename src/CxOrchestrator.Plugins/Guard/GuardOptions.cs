using System.ComponentModel.DataAnnotations;

namespace CxOrchestrator.Plugins.Guard;

/// <summary>
/// The limits of every call to a connection: the section <c>Guard</c> of the configuration, and the same keys under a
/// connection's own <c>Guard</c>, which win. All times are machine time.
/// </summary>
public sealed class GuardOptions
{
    /// <summary>How long a call may take, with its repetitions. Default: 30 seconds; at most an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a read that failed is repeated within <see cref="TimeLimit"/>. Default: 2; sends and writes never are.</summary>
    [Range(0, 10)]
    public int ReadRetries { get; set; } = 2;

    /// <summary>Calls at once, 1 to 1000, of each node: a node has as many connections of its own. Default: 16. A call that never returns keeps its slot.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 16;

    /// <summary>How long a call waits for a slot before it is refused. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan SlotWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Calls a second of all nodes together, with bursts of one second's worth; 0 for no limit. Default: 0.</summary>
    [Range(0.0, 100_000.0)]
    public double CallsPerSecond { get; set; }

    /// <summary>Failures in a row that open the breaker. Default: 5.</summary>
    [Range(1, 1000)]
    public int FailuresToOpen { get; set; } = 5;

    /// <summary>How long an open breaker refuses calls before it lets one through as a trial. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan OpenFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Openings in a row, without a success between them, that quarantine the connection. Default: 10.</summary>
    [Range(1, 1000)]
    public int OpeningsToQuarantine { get; set; } = 10;

    /// <summary>How long a quarantine lasts before one call is let through as a trial. Default: 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "30.00:00:00")]
    public TimeSpan QuarantineFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>A copy, for a connection that changes some of them.</summary>
    internal GuardOptions Copy() => (GuardOptions)MemberwiseClone();
}

namespace CxOrchestrator.NodeRig.Stops;

/// <summary>What came of a run.</summary>
public sealed record HardStopReport
{
    /// <summary>What all chance came from.</summary>
    public required int Seed { get; init; }

    /// <summary>Messages that the ledger says were accepted.</summary>
    public required int Accepted { get; init; }

    /// <summary>Messages of which nobody knows whether they were sent.</summary>
    public required IReadOnlyList<DoubtfulMail> Doubtful { get; init; }

    /// <summary>Most that may be in doubt: two for each SMTP connection that was open at a stop.</summary>
    public required int MostDoubtful { get; init; }

    /// <summary>Stops that were made, by kind.</summary>
    public required IReadOnlyDictionary<StopKind, int> Stops { get; init; }

    /// <summary>How often a node ended by itself: started while the database was away.</summary>
    public required int Falls { get; init; }

    /// <summary>Write-backs that more than one node has told the CRM, with the same key.</summary>
    public required int ToldAgain { get; init; }

    /// <summary>What must not be; empty where all is as promised.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>From the start of the nodes to the end of all work, in seconds; 0 where that isn't counted.</summary>
    public double SendingSeconds { get; init; }

    /// <summary>The whole run, in seconds; 0 where that isn't counted.</summary>
    public double AllSeconds { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"seed {Seed}: {string.Join(", ", Stops.Select(stop => $"{stop.Value} × {stop.Key}"))} stopped; {Accepted:#,0} accepted, {Doubtful.Count} in doubt "
        + $"(at most {MostDoubtful:#,0}; {Doubtful.Count(one => one.Taken)} of them were taken); {Falls} starts failed while the database was away; {ToldAgain} write-backs told again; "
        + (AllSeconds > 0 ? $"{SendingSeconds:0} s of sending, {AllSeconds:0} s in all; " : "")
        + $"{Faults.Count} broken promise(s)";
}

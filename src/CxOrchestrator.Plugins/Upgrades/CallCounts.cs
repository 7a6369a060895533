namespace CxOrchestrator.Plugins.Upgrades;

/// <summary>Calls of one version, by how they went.</summary>
/// <param name="Calls">All of them.</param>
/// <param name="Troubles">Those that failed or said trouble.</param>
/// <param name="Rejections">Those whose message or change the service refused.</param>
internal readonly record struct CallCounts(int Calls, int Troubles, int Rejections)
{
    /// <summary>The same and one call more.</summary>
    public CallCounts And(CallOutcome outcome) => new(
        Calls + 1,
        Troubles + (outcome == CallOutcome.Trouble ? 1 : 0),
        Rejections + (outcome == CallOutcome.Rejected ? 1 : 0));

    /// <summary>The sum of two.</summary>
    public static CallCounts operator +(CallCounts one, CallCounts other) =>
        new(one.Calls + other.Calls, one.Troubles + other.Troubles, one.Rejections + other.Rejections);
}

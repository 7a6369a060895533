namespace CxOrchestrator.NodeRig.Work;

/// <summary>What is still to be done.</summary>
/// <param name="Deliveries">Messages neither sent nor given up.</param>
/// <param name="Events">Events that are not decided on.</param>
/// <param name="WriteBacks">Changes that the CRM has not been told.</param>
/// <param name="Enrolments">Enrolments that walk.</param>
public sealed record WorkLeft(long Deliveries, long Events, long WriteBacks, long Enrolments)
{
    /// <summary>True where nothing is.</summary>
    public bool None => Deliveries + Events + WriteBacks + Enrolments == 0;
}

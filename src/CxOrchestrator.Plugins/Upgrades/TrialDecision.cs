namespace CxOrchestrator.Plugins.Upgrades;

/// <summary>What a trial came to.</summary>
internal abstract record TrialDecision
{
    private TrialDecision()
    {
    }

    /// <summary>The version goes back; the active one gets all calls.</summary>
    /// <param name="Reason">Why, for an admin.</param>
    internal sealed record Back(string Reason) : TrialDecision;

    /// <summary>The version becomes the active one.</summary>
    /// <param name="Reason">Why, for an admin.</param>
    internal sealed record Forward(string Reason) : TrialDecision;
}

namespace CxOrchestrator.Core.Publishing;

/// <summary>What became of somebody who was listed with a publication.</summary>
public enum PersonOutcome
{
    /// <summary>Not decided yet.</summary>
    Pending,

    /// <summary>Goes on in the new version.</summary>
    Moved,

    /// <summary>Has left by the plan.</summary>
    Left,

    /// <summary>Had gone on to another step before their turn came, and finishes on the version that they walk.</summary>
    WentOn,

    /// <summary>Had come to an end before their turn came.</summary>
    Ended,

    /// <summary>Stands where they stood before the move that was rolled back.</summary>
    PutBack,

    /// <summary>Had gone on since the move that was rolled back, and is left alone.</summary>
    Acted,

    /// <summary>Was not moved, because the publication was rolled back before.</summary>
    Withdrawn,
}

/// <summary>How many people of a publication who stood on a step came to an outcome.</summary>
/// <param name="Version">The version that they walked.</param>
/// <param name="Step">The step on which they stood when it began.</param>
/// <param name="Outcome">What became of them.</param>
/// <param name="People">How many.</param>
public sealed record OutcomeCount(int Version, string Step, PersonOutcome Outcome, long People);

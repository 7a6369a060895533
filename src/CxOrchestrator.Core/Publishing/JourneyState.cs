namespace CxOrchestrator.Core.Publishing;

/// <summary>Whether a journey takes people in, and walks those whom it has.</summary>
public enum JourneyStanding
{
    /// <summary>It does both.</summary>
    Live,

    /// <summary>Nobody enters and nobody walks; messages that are not handed over wait.</summary>
    Paused,

    /// <summary>Nobody enters; those under way walk to their end.</summary>
    Draining,

    /// <summary>Nobody enters; everybody has left, or is leaving, and what was planned is not sent.</summary>
    Stopped,
}

/// <summary>How a journey stands, since when and by whose word.</summary>
/// <param name="Journey">Its key.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Since">Since when, in customers' time.</param>
/// <param name="By">Who said so.</param>
/// <param name="Reason">Why, for people; may be empty.</param>
/// <param name="SkipBefore">Of one that was resumed: what was due before, and was held, is not made up for; null where everything is.</param>
public sealed record JourneyState(string Journey, JourneyStanding Standing, DateTimeOffset Since, string By, string Reason, DateTimeOffset? SkipBefore = null)
{
    /// <summary>Whether people may enter it.</summary>
    public bool TakesIn => Standing == JourneyStanding.Live;

    /// <summary>For example <c>the journey was paused by Ana since 2026-03-02 12:00:00Z: a wrong price</c>.</summary>
    public string Words => $"the journey was {Verb} by {By} since {Since:u}{(Reason.Length > 0 ? $": {Reason}" : "")}";

    private string Verb => Standing switch
    {
        JourneyStanding.Paused => "paused",
        JourneyStanding.Draining => "closed to newcomers",
        JourneyStanding.Stopped => "stopped",
        _ => "resumed",
    };
}

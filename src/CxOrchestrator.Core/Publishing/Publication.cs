namespace CxOrchestrator.Core.Publishing;

/// <summary>What a publication does.</summary>
public enum PublicationKind
{
    /// <summary>Puts a new version in force, or moves people to the one that is, by a plan.</summary>
    Publish,

    /// <summary>Puts the text of an older version in force again, and people back where they stood.</summary>
    Rollback,
}

/// <summary>A publication of a journey as it is stored: with it, everybody whom it concerns is listed, and then decided on page by page.</summary>
public sealed record Publication
{
    /// <summary>Our key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The journey's key.</summary>
    public required string Journey { get; init; }

    /// <summary>What it does.</summary>
    public required PublicationKind Kind { get; init; }

    /// <summary>The version that was in force when it was made; 0 for none. It is refused where another one is by then.</summary>
    public required int BaseVersion { get; init; }

    /// <summary>The version in force after it.</summary>
    public required int Version { get; init; }

    /// <summary>The version whose text it puts in force again; null for a new text.</summary>
    public int? Restores { get; init; }

    /// <summary>The version whose moves a rollback takes back; null for a plan.</summary>
    public int? Undoes { get; init; }

    /// <summary>The plan's name; empty for a rollback.</summary>
    public string Plan { get; init; } = "";

    /// <summary>What becomes of whom; steps that are not named are left alone.</summary>
    public IReadOnlyList<PlannedMove> Moves { get; init; } = [];

    /// <summary>When, in customers' time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When everybody was decided on; null while somebody isn't.</summary>
    public DateTimeOffset? DoneAt { get; init; }
}

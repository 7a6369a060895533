namespace CxOrchestrator.Core.Experiments;

/// <summary>
/// A customer who came to a split, and what they have done since. A customer is counted once a split, by the variant of the first time, also where they
/// walk the journey again: people are what the statistics count, and one person's walks are not independent of each other.
/// </summary>
public sealed record SplitPerson
{
    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The journey's key.</summary>
    public required string Journey { get; init; }

    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>The variant, or <see cref="Journeys.SplitStep.HeldOut"/>.</summary>
    public required string Variant { get; init; }

    /// <summary>The journey's version, whose weights were used.</summary>
    public required int Version { get; init; }

    /// <summary>The bucket, from 0.</summary>
    public required int Bucket { get; init; }

    /// <summary>The walk that came here first; left out of a commit that refuses it.</summary>
    public required Guid EnrolmentId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AssignedAt { get; init; }

    /// <summary>Until when what they do is counted.</summary>
    public required DateTimeOffset WatchedUntil { get; init; }

    /// <summary>When they reached the goal, or null.</summary>
    public DateTimeOffset? GoalAt { get; init; }

    /// <summary>When they first read a message, replied or answered, or null.</summary>
    public DateTimeOffset? EngagedAt { get; init; }

    /// <summary>When they first answered a survey, or null.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Their last score, or null.</summary>
    public int? Score { get; init; }

    /// <summary>Whether that score is one of the two best.</summary>
    public bool Promoter { get; init; }

    /// <summary>The person after something that they did. The first time stays; of scores the last counts.</summary>
    public SplitPerson After(SplitOutcome outcome) => outcome.Kind switch
    {
        SplitOutcomeKind.GoalReached => this with { GoalAt = GoalAt ?? outcome.At },
        SplitOutcomeKind.Engaged => this with { EngagedAt = EngagedAt ?? outcome.At },
        _ => this with
        {
            EngagedAt = EngagedAt ?? outcome.At,
            AnsweredAt = AnsweredAt ?? outcome.At,
            Score = outcome.Score ?? Score,
            Promoter = outcome.Score is null ? Promoter : outcome.Promoter,
        },
    };
}

/// <summary>Something that a person of a split did.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Journey">The journey's key.</param>
/// <param name="Split">The split's name.</param>
/// <param name="Kind">What.</param>
/// <param name="At">When.</param>
public sealed record SplitOutcome(Guid CustomerId, string Journey, string Split, SplitOutcomeKind Kind, DateTimeOffset At)
{
    /// <summary>The score of an answer, or null.</summary>
    public int? Score { get; init; }

    /// <summary>Whether that score is one of the two best.</summary>
    public bool Promoter { get; init; }
}

/// <summary>What a person of a split did.</summary>
public enum SplitOutcomeKind
{
    /// <summary>Reached the journey's goal.</summary>
    GoalReached,

    /// <summary>Read a message, or replied.</summary>
    Engaged,

    /// <summary>Answered a survey.</summary>
    Answered,
}

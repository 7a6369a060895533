using CxOrchestrator.Core.Experiments;

namespace CxOrchestrator.Storage;

/// <summary>Splits as both stores read them.</summary>
internal static class StoredSplit
{
    public const string PersonColumns =
        "customer_id, journey, split, variant, version, bucket, enrolment_id, assigned_at, watched_until, goal_at, engaged_at, answered_at, score, promoter";

    public const string SumColumns = "people, goals, engaged, answers, promoters, scores, score_sum, score_squares";

    public static SplitPerson Read(IStoredRow row) => new()
    {
        CustomerId = row.Guid(0),
        Journey = row.Text(1),
        Split = row.Text(2),
        Variant = row.Text(3),
        Version = row.Int(4),
        Bucket = row.Int(5),
        EnrolmentId = row.Guid(6),
        AssignedAt = row.Time(7),
        WatchedUntil = row.Time(8),
        GoalAt = row.TimeOrNull(9),
        EngagedAt = row.TimeOrNull(10),
        AnsweredAt = row.TimeOrNull(11),
        Score = row.IntOrNull(12),
        Promoter = row.Bool(13),
    };

    /// <summary>A tally: journey, split, version, variant, then the sums.</summary>
    public static SplitTally ReadTally(IStoredRow row) => new(
        row.Text(0), row.Text(1), row.Int(2), row.Text(3),
        new SplitSums(row.Long(4), row.Long(5), row.Long(6), row.Long(7), row.Long(8), row.Long(9), row.Long(10), row.Long(11)));

    public static SplitWinner ReadWinner(IStoredRow row) => new(row.Text(0), row.Text(1), row.Text(2), row.Time(3), row.Text(4));
}

using CxOrchestrator.Core.Moments;
using CxOrchestrator.Core.Segments;

namespace CxOrchestrator.Storage;

/// <summary>Moments and watched segments as both stores read them.</summary>
internal static class StoredMoment
{
    public const string Columns = "journey, customer_id, due_at, since";

    public const string PlanColumns = "journey, rule, since, cursor, done";

    public const string WatchColumns = "segment, round, known, read_at";

    public static Moment Read(IStoredRow row) => new(row.Text(0), row.Guid(1), row.Time(2), row.TimeOrNull(3));

    public static MomentPlan ReadPlan(IStoredRow row) => new(row.Text(0), row.Text(1), row.Time(2), row.GuidOrNull(3), row.Bool(4));

    public static SegmentWatch ReadWatch(IStoredRow row) => new(row.Text(0), row.Int(1), row.Bool(2), row.TimeOrNull(3));
}

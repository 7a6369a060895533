using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage;

/// <summary>Enrolments as both stores read them.</summary>
internal static class StoredEnrolment
{
    public const string Columns =
        "id, customer_id, journey, version, entry_key, event_id, state, step_id, entered, due_at, waits_for, waits_on, context, "
        + "started_at, ended_at, goal_at, reason, revision, lane";

    /// <summary>How many columns that are.</summary>
    public static int ColumnCount { get; } = Columns.Split(',').Length;

    /// <summary>An enrolment whose row holds its whole trail.</summary>
    public static Enrolment Read(IStoredRow row) => Read(row, ContextText.Read(row.Json(12)));

    /// <summary>An enrolment with the end of its trail, of a store that keeps the rest apart: what walking on needs.</summary>
    public static Enrolment ReadEnd(IStoredRow row) => Read(row, ContextText.ReadEnd(row.Json(12), null));

    /// <summary>The same with what is kept apart, which stands in this column.</summary>
    public static Enrolment ReadWhole(IStoredRow row, int earlier) => Read(row, ContextText.ReadEnd(row.Json(12), row.Text(earlier)));

    private static Enrolment Read(IStoredRow row, EnrolmentContext context) => new()
    {
        Id = row.Guid(0),
        CustomerId = row.Guid(1),
        Journey = row.Text(2),
        Version = row.Int(3),
        EntryKey = row.Text(4),
        EventId = row.GuidOrNull(5),
        State = (EnrolmentState)row.Int(6),
        StepId = row.Text(7),
        Entered = row.Bool(8),
        DueAt = row.TimeOrNull(9),
        WaitsFor = row.TextOrNull(10),
        WaitsOn = row.GuidOrNull(11),
        Context = context,
        StartedAt = row.Time(13),
        EndedAt = row.TimeOrNull(14),
        GoalAt = row.TimeOrNull(15),
        Reason = row.Text(16),
        Revision = row.Int(17),
        Lane = (Lane)row.Int(18),
    };
}

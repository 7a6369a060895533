using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage;

/// <summary>Enrolments as both stores read them.</summary>
internal static class StoredEnrolment
{
    public const string Columns =
        "id, customer_id, journey, version, entry_key, event_id, state, step_id, entered, due_at, waits_for, waits_on, context, "
        + "started_at, ended_at, goal_at, reason, revision, lane";

    public static Enrolment Read(IStoredRow row) => new()
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
        Context = ContextText.Read(row.Json(12)),
        StartedAt = row.Time(13),
        EndedAt = row.TimeOrNull(14),
        GoalAt = row.TimeOrNull(15),
        Reason = row.Text(16),
        Revision = row.Int(17),
        Lane = (Lane)row.Int(18),
    };
}

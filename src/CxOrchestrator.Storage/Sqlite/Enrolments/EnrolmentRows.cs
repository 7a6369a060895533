using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>enrolments</c> and their re-entry slots.</summary>
internal static class EnrolmentRows
{
    private const string Exists = "select 1 from enrolments where id = ?";

    private const string BegunByEvent = "select 1 from enrolments where event_id = ? and journey = ?";

    // No row changes where the slot is taken for good or until later: the constraint is the answer.
    private const string TakeSlot = """
        insert into entry_slots (customer_id, journey, entry_key, free_again_at, enrolment_id) values (?, ?, ?, ?, ?)
        on conflict (customer_id, journey, entry_key) do update
        set free_again_at = excluded.free_again_at, enrolment_id = excluded.enrolment_id
        where entry_slots.free_again_at <= ?
        """;

    private const string Slot =
        "select free_again_at, enrolment_id from entry_slots where customer_id = ? and journey = ? and entry_key = ?";

    private const string Insert = $"""
        insert into enrolments ({StoredEnrolment.Columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string Move = """
        update enrolments set state = ?, step_id = ?, entered = ?, due_at = ?, waits_for = ?, waits_on = ?, context = ?, ended_at = ?,
          goal_at = ?, reason = ?, revision = revision + 1, lease_node = null, lease_until = null
        where id = ? and revision = ?
        """;

    /// <summary>Begins an enrolment; false where the re-entry rule refuses it. One that is stored already stays as it is.</summary>
    public static bool Begin(SqliteSession session, Enrol enrol)
    {
        var added = enrol.Enrolment;
        if (session.Use(Exists).Add(added.Id).Number() is not null)
            return true;
        // Two nodes may process one event when a lease runs out; the second must not begin it again, whatever the re-entry rule.
        if (added.EventId is { } begunBy && session.Use(BegunByEvent).Add(begunBy).Add(added.Journey).Number() is not null)
            return false;
        var taken = session.Use(TakeSlot)
            .Add(added.CustomerId).Add(added.Journey).Add(added.EntryKey).Add(enrol.NotBefore).Add(added.Id).Add(added.StartedAt)
            .Execute();
        if (taken == 0)
            return false;
        session.Use(Insert)
            .Add(added.Id).Add(added.CustomerId).Add(added.Journey).Add(added.Version).Add(added.EntryKey).Add(added.EventId)
            .Add(added.State).Add(added.StepId).Add(added.Entered).Add(added.DueAt).Add(added.WaitsFor).Add(added.WaitsOn)
            .Add(ContextText.Write(added.Context)).Add(added.StartedAt).Add(added.EndedAt).Add(added.GoalAt).Add(added.Reason)
            .Add(added.Revision).Add(added.Lane)
            .Execute();
        return true;
    }

    /// <summary>Why the re-entry rule refuses an enrolment, with the values that decide.</summary>
    public static string WhyRefused(SqliteSession session, Enrolment refused)
    {
        using var slot = session.Use(Slot).Add(refused.CustomerId).Add(refused.Journey).Add(refused.EntryKey);
        return slot.Step() ? ReentryWords.Taken(refused, slot.Guid(1), slot.TimeOrNull(0)) : ReentryWords.SameEvent;
    }

    /// <summary>Stores an enrolment as it stands after a step; false where it has changed since it was read.</summary>
    public static bool Moved(SqliteSession session, Enrolment moved) =>
        session.Use(Move)
            .Add(moved.State).Add(moved.StepId).Add(moved.Entered).Add(moved.DueAt).Add(moved.WaitsFor).Add(moved.WaitsOn)
            .Add(ContextText.Write(moved.Context)).Add(moved.EndedAt).Add(moved.GoalAt).Add(moved.Reason)
            .Add(moved.Id).Add(moved.Revision)
            .Execute() == 1;
}

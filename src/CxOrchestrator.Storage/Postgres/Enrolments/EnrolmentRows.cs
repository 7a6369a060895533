using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>Rows of <c>enrolments</c> and their re-entry slots.</summary>
internal static class EnrolmentRows
{
    private const string Exist = "select e.id from unnest($1::uuid[]) as v(id) join enrolments e on e.id = v.id";

    /// <summary>Each looked up by itself: joined, all that events have ever begun would be read while the table is believed to be short. Values: events, journeys.</summary>
    public const string BegunByEvents = """
        select v.event_id, v.journey from unnest($1::uuid[], $2::text[]) as v(event_id, journey)
        where exists (select 1 from enrolments e where e.event_id = v.event_id and e.journey = v.journey offset 0)
        """;

    // Bytes.
    private const int LongTrail = 24_000;

    private static readonly RowSet<Enrol> Slots = new RowSet<Enrol>()
        .Key("customer_id", one => one.Enrolment.CustomerId).Text("journey", one => one.Enrolment.Journey)
        .Text("entry_key", one => one.Enrolment.EntryKey).Time("free_again_at", one => one.NotBefore)
        .Key("enrolment_id", one => one.Enrolment.Id).Time("taken_at", one => one.Enrolment.StartedAt);

    // A slot that is taken for good or until later gives no row: the constraint is the answer, also between two nodes.
    private static readonly string TakeSlots = $"""
        insert into entry_slots ({Slots.Names}) select {Slots.Names} from {Slots.Table}
        on conflict (customer_id, journey, entry_key) do update
        set free_again_at = excluded.free_again_at, enrolment_id = excluded.enrolment_id, taken_at = excluded.taken_at
        where entry_slots.free_again_at <= excluded.taken_at
        returning enrolment_id
        """;

    private const string Slot =
        "select free_again_at, enrolment_id from entry_slots where customer_id = $1 and journey = $2 and entry_key = $3";

    private static readonly RowSet<Enrolment> Enrolments = new RowSet<Enrolment>()
        .Key("id", one => one.Id).Key("customer_id", one => one.CustomerId).Text("journey", one => one.Journey)
        .Number("version", one => one.Version).Text("entry_key", one => one.EntryKey).KeyOrNull("event_id", one => one.EventId)
        .Enum("state", one => one.State).Text("step_id", one => one.StepId).Flag("entered", one => one.Entered).Time("due_at", one => one.DueAt)
        .Text("waits_for", one => one.WaitsFor).KeyOrNull("waits_on", one => one.WaitsOn).Text("context", one => ContextText.WriteEnd(one.Context))
        .Text("told", one => ContextText.WriteEarlier(one.Context)).Time("started_at", one => one.StartedAt).Time("ended_at", one => one.EndedAt).Time("goal_at", one => one.GoalAt)
        .Text("reason", one => one.Reason).Number("revision", one => one.Revision).Enum("lane", one => one.Lane);

    private static readonly string Insert = Enrolments.InsertInto("enrolments") + " returning id";

    private static readonly RowSet<Enrolment> Moves = new RowSet<Enrolment>()
        .Key("id", one => one.Id).Number("revision", one => one.Revision).Enum("state", one => one.State).Text("step_id", one => one.StepId)
        .Flag("entered", one => one.Entered).Time("due_at", one => one.DueAt).Text("waits_for", one => one.WaitsFor)
        .KeyOrNull("waits_on", one => one.WaitsOn).Text("context", one => ContextText.WriteEnd(one.Context)).Time("ended_at", one => one.EndedAt)
        .Time("goal_at", one => one.GoalAt).Text("reason", one => one.Reason)
        .Text("told", one => ContextText.WriteEarlier(one.Context)).Flag("adds", one => Trail.Of(one.Context.Trail).IsEnd);

    /// <summary>
    /// What the steps told, with what they tell now, of a row <c>e</c> and its new values <c>v</c>. A loop must not make it grow without end: what has come to
    /// many pages is cut to as many lines as anybody is told.
    /// </summary>
    public static readonly string Told = $"""
        case when not v.adds then v.told when octet_length(e.told) < {LongTrail} then v.told || e.told
          else rtrim(array_to_string((string_to_array(v.told || e.told, E'\n'))[1:{Trace.Most}], E'\n'), E'\n') || E'\n' end
        """;

    private static readonly string Move = $"""
        update enrolments e set state = v.state, step_id = v.step_id, entered = v.entered, due_at = v.due_at, waits_for = v.waits_for,
          waits_on = v.waits_on, context = v.context, ended_at = v.ended_at, goal_at = v.goal_at, reason = v.reason, told = {Told},
          revision = e.revision + 1, lease_node = null, lease_until = null
        from {Moves.Table} where e.id = v.id and e.revision = v.revision returning e.id
        """;

    /// <summary>
    /// Begins enrolments and gives the keys of those that the re-entry rule refuses. One that is stored already stays as it is.
    /// </summary>
    public static async Task<HashSet<Guid>> BeginAsync(PgSession session, IReadOnlyList<Enrol> enrols)
    {
        var refused = new HashSet<Guid>();
        var rounds = Rounds.Of(
            enrols,
            one => one.Enrolment.Id,
            one => (one.Enrolment.CustomerId, one.Enrolment.Journey, one.Enrolment.EntryKey),
            one => one.Enrolment.EventId is { } id ? (id, one.Enrolment.Journey) : null);
        foreach (var round in rounds)
            refused.UnionWith(await BeginRoundAsync(session, round));
        return refused;
    }

    /// <summary>Stores enrolments as they stand after a step; gives the keys of those that have changed since they were read.</summary>
    public static async Task<HashSet<Guid>> MoveAsync(PgSession session, IReadOnlyList<Enrolment> moves)
    {
        var refused = moves.Select(one => one.Id).ToHashSet();
        if (moves.Count > 0)
            refused.ExceptWith(await session.Use(Move).Add(Moves, moves).AllAsync(row => row.Guid(0)));
        return refused;
    }

    /// <summary>Why the re-entry rule refuses an enrolment, with the values that decide.</summary>
    public static async Task<string> WhyRefusedAsync(PgSession session, Enrolment refused)
    {
        var slot = await session.Use(Slot).Add(refused.CustomerId).Add(refused.Journey).Add(refused.EntryKey)
            .AllAsync(row => (FreeAgainAt: row.TimeOrNull(0), By: row.Guid(1)));
        return slot.Count > 0 ? ReentryWords.Taken(refused, slot[0].By, slot[0].FreeAgainAt) : ReentryWords.SameEvent;
    }

    private static async Task<HashSet<Guid>> BeginRoundAsync(PgSession session, IReadOnlyList<Enrol> round)
    {
        var first = await NotBegunByEventAsync(session, round);
        var taken = first.Count == 0 ? [] : (await session.Use(TakeSlots).Add(Slots, first).AllAsync(row => row.Guid(0))).ToHashSet();
        var beginning = first.Where(one => taken.Contains(one.Enrolment.Id)).Select(one => one.Enrolment).ToList();
        var begun = beginning.Count == 0 ? [] : (await session.Use(Insert).Add(Enrolments, beginning).AllAsync(row => row.Guid(0))).ToHashSet();
        var left = round.Select(one => one.Enrolment.Id).Where(id => !begun.Contains(id)).ToHashSet();
        if (left.Count == 0)
            return left;
        // Only now, for the few: a commit that is repeated meets what it has stored before.
        left.ExceptWith(await session.Use(Exist).Add(left).AllAsync(row => row.Guid(0)));
        // An event that had begun nothing when we looked: the slot taken for it must be given back.
        if (left.Overlaps(taken))
            throw new LostRaceException();
        return left;
    }

    // Two nodes may process one event when a lease runs out; the second must not begin it again, whatever the re-entry rule. In one order by all nodes, or
    // two that take the same slots would wait for each other.
    private static async Task<List<Enrol>> NotBegunByEventAsync(PgSession session, IReadOnlyList<Enrol> round)
    {
        var byEvent = round.Where(one => one.Enrolment.EventId is not null).ToList();
        var begun = byEvent.Count == 0 ? [] : (await session.Use(BegunByEvents)
            .Add(byEvent.Select(one => one.Enrolment.EventId)).Add(byEvent.Select(one => one.Enrolment.Journey))
            .AllAsync(row => (Event: row.Guid(0), Journey: row.Text(1)))).ToHashSet();
        return [.. round.Where(one => one.Enrolment.EventId is not { } id || !begun.Contains((id, one.Enrolment.Journey)))
            .OrderBy(one => one.Enrolment.CustomerId).ThenBy(one => one.Enrolment.Journey, StringComparer.Ordinal)];
    }
}

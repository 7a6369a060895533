using CxOrchestrator.Core.Books;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IBooksStore"/>
internal sealed class PgBooksStore(PgDatabase database) : IBooksStore
{
    private const string Decisions = "select outcome, count(*) from event_decisions where outcome <= 5 group by outcome";

    private const string WithoutDecision = """
        select count(*) from events e where processed
          and not exists (select 1 from event_decisions d where d.event_id = e.id and d.outcome <= 5)
        """;

    private const string AnswerEvents = "select count(*) from events where type = 'survey.answered' and source = 'cxo'";

    private const string Dropped = "select what, part, rows from dropped_rows";

    public Task<Books> ReadAsync(CancellationToken cancellation) => database.ReadMomentAsync(session => ReadAsync(session.Patient), cancellation);

    private static async Task<Books> ReadAsync(PgSession session)
    {
        var dropped = (await session.Use(Dropped).AllAsync(row => (What: row.Text(0), Part: row.Int(1), Rows: row.Long(2)))).ToLookup(one => one.What);
        var byEvent = await CountAsync(session, "select count(*) from enrolments where event_id is not null");
        return new Books
        {
            Events = await CountAsync(session, "select count(*) from events"),
            EventsWaiting = await CountAsync(session, PgEventStore.CountUnprocessed),
            Decisions = (await session.Use(Decisions).AllAsync(row => (Outcome: row.Int(0), Rows: row.Long(1))))
                .Concat(dropped["decision"].Select(one => (Outcome: one.Part, one.Rows)))
                .GroupBy(count => (EventOutcome)count.Outcome, count => count.Rows).ToDictionary(outcome => outcome.Key, outcome => outcome.Sum()),
            EventsDropped = dropped["event"].Sum(one => one.Rows),
            LedgerRowsDropped = dropped["delivery"].Sum(one => one.Rows),
            EventsWithoutDecision = await CountAsync(session, WithoutDecision),
            EnrolmentsByEvent = byEvent,
            EnrolmentsBySchedule = await CountAsync(session, "select count(*) from enrolments") - byEvent,
            Deliveries = await PgLedger.CountAsync(session),
            DeliveryRows = await CountAsync(session, "select count(*) from deliveries"),
            Responses = await CountAsync(session, "select count(*) from responses"),
            ResponseRevisions = await CountAsync(session, "select coalesce(sum(revision), 0)::bigint from responses"),
            AnswerEvents = await CountAsync(session, AnswerEvents) + dropped["event"].Where(one => one.Part == 1).Sum(one => one.Rows),
            AnswerWriteBacks = await CountAsync(session, "select count(*) from write_backs where kind = 1"),
            Cases = await PgCaseStore.CountAsync(session),
            WriteBacks = await PgWriteBackStore.CountAsync(session),
        };
    }

    private static Task<long> CountAsync(PgSession session, string sql) => session.Use(sql).NumberAsync();
}

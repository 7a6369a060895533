using CxOrchestrator.Core.Books;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IBooksStore"/>
internal sealed class SqliteBooksStore(SqliteDatabase database) : IBooksStore
{
    private const string Decisions = "select outcome, count(*) from event_decisions where outcome <= 5 group by outcome";

    private const string WithoutDecision = """
        select count(*) from events e where processed = 1
          and not exists (select 1 from event_decisions d where d.event_id = e.id and d.outcome <= 5)
        """;

    private const string EventsWaiting = """
        select (select count(*) from events where processed = 0 and lease_until is null)
             + (select count(*) from events where lease_until is not null)
        """;

    private const string AnswerEvents = "select count(*) from events where type = 'survey.answered' and source = 'cxo'";

    private const string Dropped = "select what, part, rows from dropped_rows";

    public Task<Books> ReadAsync(CancellationToken cancellation) => database.ReadAsync(Read, cancellation);

    // A read is one transaction, and so one moment.
    private static Books Read(SqliteSession session)
    {
        var dropped = session.Use(Dropped).All(row => (What: row.Text(0), Part: row.Int(1), Rows: row.Long(2))).ToLookup(one => one.What);
        var byEvent = Count(session, "select count(*) from enrolments where event_id is not null");
        return new Books
        {
            Events = Count(session, "select count(*) from events"),
            EventsWaiting = Count(session, EventsWaiting),
            Decisions = session.Use(Decisions).All(row => (Outcome: row.Int(0), Rows: row.Long(1)))
                .Concat(dropped["decision"].Select(one => (Outcome: one.Part, one.Rows)))
                .GroupBy(count => (EventOutcome)count.Outcome, count => count.Rows).ToDictionary(outcome => outcome.Key, outcome => outcome.Sum()),
            EventsDropped = dropped["event"].Sum(one => one.Rows),
            LedgerRowsDropped = dropped["delivery"].Sum(one => one.Rows),
            EventsWithoutDecision = Count(session, WithoutDecision),
            EnrolmentsByEvent = byEvent,
            EnrolmentsBySchedule = Count(session, "select count(*) from enrolments") - byEvent,
            Deliveries = SqliteLedger.Count(session),
            DeliveryRows = Count(session, "select count(*) from deliveries"),
            Responses = Count(session, "select count(*) from responses"),
            ResponseRevisions = Count(session, "select coalesce(sum(revision), 0) from responses"),
            AnswerEvents = Count(session, AnswerEvents) + dropped["event"].Where(one => one.Part == 1).Sum(one => one.Rows),
            AnswerWriteBacks = Count(session, "select count(*) from write_backs where kind = 1"),
            Cases = SqliteCaseStore.Count(session),
            WriteBacks = SqliteWriteBackStore.Count(session),
        };
    }

    private static long Count(SqliteSession session, string sql) => session.Use(sql).Number() ?? 0;
}

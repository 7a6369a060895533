using CxOrchestrator.Core.Timeline;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ITimelineStore"/>
internal sealed class SqliteTimelineStore(SqliteDatabase database) : ITimelineStore
{
    public Task<IReadOnlyList<TimelineEntry>> ReadAsync(Guid customerId, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<TimelineEntry>>(
            session =>
            {
                // Each part is cut at the limit by itself: the newest of all are among the newest of each.
                List<TimelineEntry> entries =
                [
                    .. Events(session, customerId, limit),
                    .. Part(TimelineSql.Enrolments, TimelineEntries.OfEnrolment).SelectMany(steps => steps),
                    .. Part(TimelineSql.Deliveries, TimelineEntries.OfDelivery),
                    .. Part(TimelineSql.Responses, TimelineEntries.OfResponse),
                    .. Part(TimelineSql.Cases, TimelineEntries.OfCase),
                    .. Part(TimelineSql.WriteBacks, TimelineEntries.OfWriteBack),
                    .. Part(TimelineSql.Consents, TimelineEntries.OfConsent),
                ];
                // Of one moment, what followed stands above what it followed from.
                return [.. entries.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Kind).Take(limit)];

                List<T> Part<T>(string sql, Func<Statement, T> read) => session.Use(sql).Add(customerId).Add(limit).All(read);
            },
            cancellation);

    private static IEnumerable<TimelineEntry> Events(SqliteSession session, Guid customerId, int limit)
    {
        var events = session.Use(TimelineSql.Events).Add(customerId).Add(limit)
            .All(row => (Id: row.Guid(0), Entry: TimelineEntries.OfEvent(row)));
        foreach (var (id, entry) in events)
        {
            var decisions = session.Use(TimelineSql.Decisions).Add(id).All(row => (Journey: row.Text(0), Reason: row.Text(1)));
            yield return entry with
            {
                Detail = string.Join("; ", decisions
                    .Select(one => one.Journey.Length == 0 ? one.Reason : $"{one.Journey}: {one.Reason}")
                    .Prepend(entry.Detail)),
            };
        }
    }
}

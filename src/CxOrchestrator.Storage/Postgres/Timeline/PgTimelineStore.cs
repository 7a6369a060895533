using CxOrchestrator.Core.Timeline;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="ITimelineStore"/>
internal sealed class PgTimelineStore(PgDatabase database) : ITimelineStore
{
    public Task<IReadOnlyList<TimelineEntry>> ReadAsync(Guid customerId, int limit, CancellationToken cancellation) =>
        database.ReadMomentAsync<IReadOnlyList<TimelineEntry>>(
            async session =>
            {
                // Each part is cut at the limit by itself: the newest of all are among the newest of each.
                List<TimelineEntry> entries =
                [
                    .. await EventsAsync(session, customerId, limit),
                    .. (await PartAsync(TimelineSql.Enrolments, TimelineEntries.OfEnrolment)).SelectMany(steps => steps),
                    .. await PartAsync(TimelineSql.Deliveries, TimelineEntries.OfDelivery),
                    .. await PartAsync(TimelineSql.Responses, TimelineEntries.OfResponse),
                    .. await PartAsync(TimelineSql.Cases, TimelineEntries.OfCase),
                    .. await PartAsync(TimelineSql.WriteBacks, TimelineEntries.OfWriteBack),
                    .. await PartAsync(TimelineSql.Consents, TimelineEntries.OfConsent),
                ];
                // Of one moment, what followed stands above what it followed from.
                return [.. entries.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Kind).Take(limit)];

                Task<List<T>> PartAsync<T>(string sql, Func<PgRow, T> read) => session.Use(sql).Add(customerId).Add(limit).AllAsync(read);
            },
            cancellation);

    private static async Task<IEnumerable<TimelineEntry>> EventsAsync(PgSession session, Guid customerId, int limit)
    {
        var events = await session.Use(TimelineSql.Events).Add(customerId).Add(limit)
            .AllAsync(row => (Id: row.Guid(0), Entry: TimelineEntries.OfEvent(row)));
        var decisions = (await session.Use(TimelineSql.Decisions).Add(events.Select(one => one.Id))
            .AllAsync(row => (Event: row.Guid(0), Journey: row.Text(1), Reason: row.Text(2)))).ToLookup(one => one.Event);
        return events.Select(one => one.Entry with
        {
            Detail = string.Join("; ", decisions[one.Id]
                .Select(decision => decision.Journey.Length == 0 ? decision.Reason : $"{decision.Journey}: {decision.Reason}")
                .Prepend(one.Entry.Detail)),
        });
    }
}

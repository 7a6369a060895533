using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IExplainStore"/>
internal sealed class PgExplainStore(PgDatabase database) : IExplainStore
{
    // The source whose subjects are any connection's ids.
    private const string AnySource = "customer";

    public Task<ExplainFacts> ReadAsync(ExplainQuery query, CancellationToken cancellation) =>
        database.ReadMomentAsync(session => ReadAsync(session, query), cancellation);

    private static async Task<ExplainFacts> ReadAsync(PgSession session, ExplainQuery query)
    {
        var customer = query.Customer.Id;
        var walks = await session.Use(ExplainSql.Walks).Add(customer).Add(query.Journey).Add(ExplainFacts.MostWalks).AllAsync(StoredEnrolment.Read);
        var ids = walks.Select(walk => walk.Id).ToArray();
        return new ExplainFacts
        {
            Events = await DecidedAsync(session, query, await EventsAsync(session, customer, walks)),
            Strangers = await DecidedAsync(session, query, await StrangersAsync(session, query.Customer)),
            About = query.About is { } about
                ? (await DecidedAsync(session, query, await session.Use(ExplainSql.EventByName).Add(about.Source).Add(about.Id).AllAsync(ReadEvent)))
                    .FirstOrDefault()
                : null,
            Walks = walks,
            Deliveries = await session.Use(ExplainSql.Deliveries).Add(ids)
                .AllAsync(row => new WatchedDelivery(StoredDelivery.Read(row), row.TimeOrNull(StoredDelivery.ColumnCount))),
            Invitations = await InvitationsAsync(session, ids),
            Cases = await session.Use(ExplainSql.Cases).Add(customer).Add(query.Journey).Add(ExplainFacts.Most).AllAsync(StoredCase.Read),
            WriteBacks = await session.Use(ExplainSql.WriteBacks).Add(customer).Add(ExplainFacts.Most).AllAsync(StoredWriteBack.Read),
            Consents = await session.Use(ExplainSql.Consents).Add(customer).AllAsync(StoredConsent.Read),
            Suppressions = await SuppressionsAsync(session, query.Customer.ContactPoints),
            Splits = await session.Use(ExplainSql.Splits).Add(customer).Add(query.Journey).AllAsync(StoredSplit.Read),
            Slots = await session.Use(ExplainSql.Slots).Add(customer).Add(query.Journey).Add(ExplainFacts.Most)
                .AllAsync(row => (row.Text(0), row.TimeOrNull(1))),
        };
    }

    private static async Task<List<(CustomerEvent Event, bool Processed)>> EventsAsync(PgSession session, Guid customer, List<Enrolment> walks)
    {
        var events = await session.Use(ExplainSql.Events).Add(customer).Add(ExplainFacts.Most).AllAsync(ReadEvent);
        var known = events.Select(one => one.Event.Id).ToHashSet();
        var others = walks.Select(walk => walk.EventId).OfType<Guid>().Where(id => !known.Contains(id)).ToList();
        events.AddRange(await session.Use(ExplainSql.EventsByKey).Add(others).AllAsync(ReadEvent));
        return events;
    }

    private static async Task<List<(CustomerEvent Event, bool Processed)>> StrangersAsync(PgSession session, Customer customer)
    {
        var found = await session.Use(ExplainSql.Strangers).Add(customer.ExternalIds.Select(id => id.Value).Distinct()).Add(ExplainFacts.Most)
            .AllAsync(ReadEvent);
        return [.. found
            .Where(one => customer.ExternalIds.Any(id =>
                id.Value == one.Event.Subject && (id.Connection == one.Event.Source || id.Connection == AnySource)))
            .OrderByDescending(one => one.Event.Time)];
    }

    private static async Task<List<DecidedEvent>> DecidedAsync(
        PgSession session, ExplainQuery query, List<(CustomerEvent Event, bool Processed)> events)
    {
        var decisions = (await session.Use(ExplainSql.Decisions).Add(events.Select(one => one.Event.Id)).Add(query.Journey).AllAsync(ReadDecision))
            .ToLookup(one => one.EventId);
        return [.. events.Select(one => new DecidedEvent(one.Event, one.Processed, [.. decisions[one.Event.Id]]))];
    }

    private static async Task<List<InvitationState>> InvitationsAsync(PgSession session, Guid[] walks)
    {
        var invitations = await session.Use(ExplainSql.Invitations).Add(walks).AllAsync(StoredSurvey.ReadInvitation);
        var responses = (await session.Use(ExplainSql.Responses).Add(invitations.Select(one => one.Id)).AllAsync(StoredSurvey.ReadResponse))
            .ToDictionary(one => one.InvitationId);
        return [.. invitations.Select(one => new InvitationState(one, responses.GetValueOrDefault(one.Id)))];
    }

    private static async Task<List<Suppression>> SuppressionsAsync(PgSession session, IReadOnlyList<ContactPoint> points)
    {
        var found = await session.Use(ExplainSql.Suppressions).Add(points.Select(point => point.Address))
            .AllAsync(row => (Address: row.Text(0), Channel: (Channel)row.Int(1), Reason: row.Text(2), At: row.Time(3), ByChoice: row.Bool(4)));
        return [.. points.SelectMany(point => found
            .Where(one => one.Address == point.Address && one.Channel == point.Channel)
            .Select(one => new Suppression(point, one.Reason, one.At) { ByChoice = one.ByChoice }))];
    }

    private static (CustomerEvent Event, bool Processed) ReadEvent(PgRow row) => (StoredEvent.Read(row), row.Bool(StoredEvent.ColumnCount));

    private static EventDecision ReadDecision(PgRow row) => new(
        row.Guid(0), row.Time(1), row.GuidOrNull(2), row.Text(3), (EventOutcome)row.Int(4), row.Text(5), row.GuidOrNull(6));
}

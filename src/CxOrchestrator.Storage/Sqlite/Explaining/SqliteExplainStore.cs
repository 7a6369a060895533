using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IExplainStore"/>
internal sealed class SqliteExplainStore(SqliteDatabase database) : IExplainStore
{
    // The source whose subjects are any connection's ids.
    private const string AnySource = "customer";

    public Task<ExplainFacts> ReadAsync(ExplainQuery query, CancellationToken cancellation) =>
        database.ReadAsync(session => Read(session, query), cancellation);

    private static ExplainFacts Read(SqliteSession session, ExplainQuery query)
    {
        var customer = query.Customer.Id;
        var walks = session.Use(ExplainSql.Walks).Add(customer).Add(query.Journey).Add(ExplainFacts.MostWalks).All(StoredEnrolment.Read);
        return new ExplainFacts
        {
            Events = Decided(session, query, Events(session, customer, walks)),
            Strangers = Decided(session, query, Strangers(session, query.Customer)),
            About = query.About is { } about
                ? Decided(session, query, session.Use(ExplainSql.EventByName).Add(about.Source).Add(about.Id).All(ReadEvent)).FirstOrDefault()
                : null,
            Walks = walks,
            Deliveries = [.. walks.SelectMany(walk => session.Use(ExplainSql.Deliveries).Add(walk.Id)
                .All(row => new WatchedDelivery(StoredDelivery.Read(row), row.TimeOrNull(StoredDelivery.ColumnCount))))],
            Invitations = [.. walks.SelectMany(walk => Invitations(session, walk.Id))],
            Cases = session.Use(ExplainSql.Cases).Add(customer).Add(query.Journey).Add(ExplainFacts.Most).All(StoredCase.Read),
            WriteBacks = session.Use(ExplainSql.WriteBacks).Add(customer).Add(ExplainFacts.Most).All(StoredWriteBack.Read),
            Consents = session.Use(ExplainSql.Consents).Add(customer).All(StoredConsent.Read),
            Suppressions = [.. query.Customer.ContactPoints.SelectMany(point => Suppressions(session, point))],
            Splits = session.Use(ExplainSql.Splits).Add(customer).Add(query.Journey).All(StoredSplit.Read),
            Slots = session.Use(ExplainSql.Slots).Add(customer).Add(query.Journey).Add(ExplainFacts.Most).All(row => (row.Text(0), row.TimeOrNull(1))),
        };
    }

    private static List<(CustomerEvent Event, bool Processed)> Events(SqliteSession session, Guid customer, List<Enrolment> walks)
    {
        var events = session.Use(ExplainSql.Events).Add(customer).Add(ExplainFacts.Most).All(ReadEvent);
        var known = events.Select(one => one.Event.Id).ToHashSet();
        foreach (var id in walks.Select(walk => walk.EventId).OfType<Guid>().Where(id => !known.Contains(id)))
            events.AddRange(session.Use(ExplainSql.EventByKey).Add(id).All(ReadEvent));
        return events;
    }

    private static List<(CustomerEvent Event, bool Processed)> Strangers(SqliteSession session, Customer customer) =>
        [.. customer.ExternalIds.Select(id => id.Value).Distinct()
            .SelectMany(subject => session.Use(ExplainSql.Strangers).Add(subject).Add(ExplainFacts.Most).All(ReadEvent))
            .Where(one => customer.ExternalIds.Any(id =>
                id.Value == one.Event.Subject && (id.Connection == one.Event.Source || id.Connection == AnySource)))
            .OrderByDescending(one => one.Event.Time)];

    private static List<DecidedEvent> Decided(SqliteSession session, ExplainQuery query, List<(CustomerEvent Event, bool Processed)> events) =>
        [.. events.Select(one => new DecidedEvent(
            one.Event, one.Processed, session.Use(ExplainSql.Decisions).Add(one.Event.Id).Add(query.Journey).All(ReadDecision)))];

    private static List<InvitationState> Invitations(SqliteSession session, Guid enrolment) =>
        [.. session.Use(ExplainSql.Invitations).Add(enrolment).All(StoredSurvey.ReadInvitation)
            .Select(one => new InvitationState(one, session.Use(ExplainSql.Response).Add(one.Id).First(StoredSurvey.ReadResponse)))];

    private static List<Suppression> Suppressions(SqliteSession session, ContactPoint point) =>
        session.Use(ExplainSql.Suppressions).Add(point.Address).Add(point.Channel)
            .All(row => new Suppression(point, row.Text(0), row.Time(1)) { ByChoice = row.Bool(2) });

    private static (CustomerEvent Event, bool Processed) ReadEvent(Statement row) => (StoredEvent.Read(row), row.Bool(StoredEvent.ColumnCount));

    private static EventDecision ReadDecision(Statement row) => new(
        row.Guid(0), row.Time(1), row.GuidOrNull(2), row.Text(3), (EventOutcome)row.Int(4), row.Text(5), row.GuidOrNull(6));
}

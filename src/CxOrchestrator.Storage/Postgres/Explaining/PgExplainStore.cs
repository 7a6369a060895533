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

    // Two round trips: what hangs on the customer, then what hangs on that. Many short statements by themselves would wait for the network, or for the processor,
    // longer than they run.
    private static async Task<ExplainFacts> ReadAsync(PgSession session, ExplainQuery query)
    {
        var (facts, events) = await OfCustomerAsync(session, query);
        var walks = facts.Walks.Select(walk => walk.Id).ToArray();
        var known = events.Own.Select(one => one.Event.Id).ToHashSet();
        var others = facts.Walks.Select(walk => walk.EventId).OfType<Guid>().Where(id => !known.Contains(id)).ToList();
        var all = events.Own.Concat(events.Strangers).Concat(events.About).Select(one => one.Event.Id).Concat(others).Distinct().ToList();

        // What nobody has is not asked for: a statement over all months costs as much where it finds nothing.
        var (begun, decided, walked) = (others.Count > 0, all.Count > 0, walks.Length > 0);
        await using var batch = session.Batch();
        if (begun)
            batch.Use(ExplainSql.EventsByKey).Add(others);
        if (decided)
            batch.Use(ExplainSql.Decisions).Add(all).Add(query.Journey);
        if (walked)
            AskForWhatWalksDid(batch, walks);
        List<(CustomerEvent Event, bool Processed)> beginnings = begun ? await batch.NextAsync(ReadEvent) : [];
        var decisions = (decided ? await batch.NextAsync(ReadDecision) : []).ToLookup(one => one.EventId);
        if (walked)
            facts = await WithWhatWalksDidAsync(batch, facts);
        return facts with
        {
            Events = Decided([.. events.Own, .. beginnings], decisions),
            Strangers = Decided(events.Strangers, decisions),
            About = Decided(events.About, decisions).FirstOrDefault(),
        };
    }

    private static void AskForWhatWalksDid(PgBatch batch, Guid[] walks)
    {
        batch.Use(ExplainSql.Deliveries).Add(walks);
        batch.Use(ExplainSql.Invitations).Add(walks);
        batch.Use(ExplainSql.Responses).Add(walks);
    }

    private static async Task<ExplainFacts> WithWhatWalksDidAsync(PgBatch asked, ExplainFacts facts)
    {
        var deliveries = await asked.NextAsync(row => new WatchedDelivery(StoredDelivery.Read(row), row.TimeOrNull(StoredDelivery.ColumnCount)));
        var invitations = await asked.NextAsync(StoredSurvey.ReadInvitation);
        var responses = (await asked.NextAsync(StoredSurvey.ReadResponse)).ToDictionary(one => one.InvitationId);
        return facts with
        {
            Deliveries = deliveries,
            Invitations = [.. invitations.Select(one => new InvitationState(one, responses.GetValueOrDefault(one.Id)))],
        };
    }

    private static async Task<(ExplainFacts Facts, ReadEvents Events)> OfCustomerAsync(PgSession session, ExplainQuery query)
    {
        var (customer, journey) = (query.Customer, query.Journey);
        await using var batch = session.Batch();
        batch.Use(ExplainSql.Walks).Add(customer.Id).Add(journey).Add(ExplainFacts.MostWalks);
        batch.Use(ExplainSql.Events).Add(customer.Id).Add(ExplainFacts.Most);
        batch.Use(ExplainSql.Strangers).Add(customer.ExternalIds.Select(id => id.Value).Distinct()).Add(ExplainFacts.Most);
        if (query.About is { } about)
            batch.Use(ExplainSql.EventByName).Add(about.Source).Add(about.Id);
        batch.Use(ExplainSql.Cases).Add(customer.Id).Add(journey).Add(ExplainFacts.Most);
        batch.Use(ExplainSql.WriteBacks).Add(customer.Id).Add(ExplainFacts.Most);
        batch.Use(ExplainSql.Consents).Add(customer.Id);
        batch.Use(ExplainSql.Suppressions).Add(customer.ContactPoints.Select(point => point.Address));
        batch.Use(ExplainSql.Splits).Add(customer.Id).Add(journey);
        batch.Use(ExplainSql.Slots).Add(customer.Id).Add(journey).Add(ExplainFacts.Most);
        var walks = await batch.NextAsync(row => StoredEnrolment.ReadWhole(row, StoredEnrolment.ColumnCount));
        var events = new ReadEvents(
            await batch.NextAsync(ReadEvent), OfCustomer(await batch.NextAsync(ReadEvent), customer), query.About is null ? [] : await batch.NextAsync(ReadEvent));
        var facts = new ExplainFacts
        {
            Events = [],
            Walks = walks,
            Cases = await batch.NextAsync(StoredCase.Read),
            WriteBacks = await batch.NextAsync(StoredWriteBack.Read),
            Consents = await batch.NextAsync(StoredConsent.Read),
            Suppressions = Suppressions(
                await batch.NextAsync(row => (row.Text(0), (Channel)row.Int(1), row.Text(2), row.Time(3), row.Bool(4))), customer.ContactPoints),
            Splits = await batch.NextAsync(StoredSplit.Read),
            Slots = await batch.NextAsync(row => (row.Text(0), row.TimeOrNull(1))),
        };
        return (facts, events);
    }

    private static List<(CustomerEvent Event, bool Processed)> OfCustomer(List<(CustomerEvent Event, bool Processed)> strangers, Customer customer) =>
        [.. strangers
            .Where(one => customer.ExternalIds.Any(id =>
                id.Value == one.Event.Subject && (id.Connection == one.Event.Source || id.Connection == AnySource)))
            .OrderByDescending(one => one.Event.Time)];

    private static List<DecidedEvent> Decided(List<(CustomerEvent Event, bool Processed)> events, ILookup<Guid, EventDecision> decisions) =>
        [.. events.Select(one => new DecidedEvent(one.Event, one.Processed, [.. decisions[one.Event.Id]]))];

    private static List<Suppression> Suppressions(
        List<(string Address, Channel Channel, string Reason, DateTimeOffset At, bool ByChoice)> found, IReadOnlyList<ContactPoint> points) =>
        [.. points.SelectMany(point => found
            .Where(one => one.Address == point.Address && one.Channel == point.Channel)
            .Select(one => new Suppression(point, one.Reason, one.At) { ByChoice = one.ByChoice }))];

    private static (CustomerEvent Event, bool Processed) ReadEvent(PgRow row) => (StoredEvent.Read(row), row.Bool(StoredEvent.ColumnCount));

    private static EventDecision ReadDecision(PgRow row) => new(
        row.Guid(0), row.Time(1), row.GuidOrNull(2), row.Text(3), (EventOutcome)row.Int(4), row.Text(5), row.GuidOrNull(6));

    // The customer's own newest; those that came before their person was known; the one that was asked about.
    private sealed record ReadEvents(
        List<(CustomerEvent Event, bool Processed)> Own, List<(CustomerEvent Event, bool Processed)> Strangers, List<(CustomerEvent Event, bool Processed)> About);
}

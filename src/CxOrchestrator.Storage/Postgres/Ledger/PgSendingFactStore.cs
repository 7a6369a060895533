using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="ISendingFactStore"/>
internal sealed class PgSendingFactStore(PgDatabase database) : ISendingFactStore
{
    private const string Customers = $"select {StoredCustomer.Columns} from customers where id = any($1)";

    // In one statement: an address and the word that it must not be used are of the same moment.
    private const string Points = """
        select c.customer_id, c.channel, c.address, s.address is not null from contact_points c
        left join suppressions s on s.address = c.address and s.channel = c.channel
        where c.customer_id = any($1) order by c.customer_id, c.channel
        """;

    private const string InForce = "select customer_id, channel, purpose, at, state, by, how from consents_in_force where customer_id = any($1)";

    private const string Enrolments = $"select {StoredEnrolment.Columns} from enrolments where id = any($1)";

    public Task<SendingFacts> ReadAsync(IReadOnlyCollection<Delivery> deliveries, CancellationToken cancellation) =>
        database.ReadAsync(session => ReadAsync(session, deliveries), cancellation);

    private static async Task<SendingFacts> ReadAsync(PgSession session, IReadOnlyCollection<Delivery> deliveries)
    {
        var customers = deliveries.Select(one => one.CustomerId).Distinct().ToArray();
        await using var batch = session.Batch();
        batch.Use(Customers).Add(customers);
        batch.Use(Points).Add(customers);
        batch.Use(InForce).Add(customers);
        batch.Use(Enrolments).Add(deliveries.Select(one => one.EnrolmentId).Distinct());
        var people = await batch.NextAsync(StoredCustomer.Read);
        var points = await batch.NextAsync(row => (Customer: row.Guid(0), Point: new ContactPoint((Channel)row.Int(1), row.Text(2)), Suppressed: row.Bool(3)));
        var consents = await batch.NextAsync(StoredConsent.Read);
        var enrolments = await batch.NextAsync(StoredEnrolment.ReadEnd);
        var pointsOf = points.ToLookup(one => one.Customer, one => one.Point);
        return new SendingFacts(
            people.ToDictionary(one => one.Id, one => one with { ContactPoints = [.. pointsOf[one.Id]] }),
            enrolments.ToDictionary(one => one.Id),
            consents.ToDictionary(one => (one.CustomerId, one.Channel, one.Purpose)),
            points.Where(one => one.Suppressed).Select(one => one.Point).ToHashSet());
    }
}

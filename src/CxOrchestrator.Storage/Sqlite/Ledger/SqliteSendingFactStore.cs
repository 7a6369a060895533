using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ISendingFactStore"/>
internal sealed class SqliteSendingFactStore(SqliteDatabase database) : ISendingFactStore
{
    private const string Points = """
        select c.channel, c.address, s.address is not null from contact_points c
        left join suppressions s on s.address = c.address and s.channel = c.channel where c.customer_id = ? order by c.channel
        """;

    private const string InForce = "select customer_id, channel, purpose, at, state, by, how from consents_in_force where customer_id = ?";

    private const string Customers = $"select {StoredCustomer.Columns} from customers where id = ?";

    private const string Enrolments = $"select {StoredEnrolment.Columns} from enrolments where id = ?";

    public Task<SendingFacts> ReadAsync(IReadOnlyCollection<Delivery> deliveries, CancellationToken cancellation) =>
        database.ReadAsync(session => Read(session, deliveries), cancellation);

    private static SendingFacts Read(SqliteSession session, IReadOnlyCollection<Delivery> deliveries)
    {
        var customers = new Dictionary<Guid, Customer>(deliveries.Count);
        var enrolments = new Dictionary<Guid, Enrolment>(deliveries.Count);
        var consents = new Dictionary<(Guid, Channel, Purpose), ConsentRecord>(deliveries.Count);
        var suppressed = new HashSet<ContactPoint>();
        foreach (var delivery in deliveries)
        {
            if (!enrolments.ContainsKey(delivery.EnrolmentId)
                && session.Use(Enrolments).Add(delivery.EnrolmentId).First(StoredEnrolment.Read) is { } enrolment)
                enrolments.Add(enrolment.Id, enrolment);
            if (customers.ContainsKey(delivery.CustomerId)
                || session.Use(Customers).Add(delivery.CustomerId).First(StoredCustomer.Read) is not { } customer)
                continue;
            customers.Add(customer.Id, customer with { ContactPoints = PointsOf(session, customer.Id, suppressed) });
            using var inForce = session.Use(InForce).Add(customer.Id);
            while (inForce.Step())
            {
                var record = StoredConsent.Read(inForce);
                consents[(record.CustomerId, record.Channel, record.Purpose)] = record;
            }
        }

        return new SendingFacts(customers, enrolments, consents, suppressed);
    }

    private static List<ContactPoint> PointsOf(SqliteSession session, Guid customer, HashSet<ContactPoint> suppressed)
    {
        var points = new List<ContactPoint>(2);
        using var rows = session.Use(Points).Add(customer);
        while (rows.Step())
        {
            var point = new ContactPoint((Channel)rows.Int(0), rows.Text(1));
            points.Add(point);
            if (rows.Bool(2))
                suppressed.Add(point);
        }

        return points;
    }
}

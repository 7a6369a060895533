using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IConsentStore"/>
internal sealed class PgConsentStore(PgDatabase database) : IConsentStore
{
    private const string InForce = """
        select customer_id, channel, purpose, at, state, by, how from consents_in_force
        where customer_id = any($1) order by customer_id, channel, purpose
        """;

    private const string Suppressed = """
        select s.address, s.channel from unnest($1::text[], $2::int[]) as v(address, channel)
        join suppressions s on s.address = v.address and s.channel = v.channel
        """;

    public Task RecordAsync(IReadOnlyList<ConsentRecord> records, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                await ConsentRows.RecordAsync(session, records);
                return true;
            },
            cancellation);

    public Task<IReadOnlyList<ConsentRecord>> InForceAsync(
        IReadOnlyCollection<Guid> customerIds, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<ConsentRecord>>(
            async session => await session.Use(InForce).Add(customerIds.Distinct()).AllAsync(StoredConsent.Read), cancellation);

    public Task<IReadOnlySet<ContactPoint>> SuppressedAsync(
        IReadOnlyCollection<ContactPoint> points, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlySet<ContactPoint>>(
            async session => (await session.Use(Suppressed)
                .Add(points.Select(point => point.Address)).Add(points.Select(point => (int)point.Channel))
                .AllAsync(row => new ContactPoint((Channel)row.Int(1), row.Text(0)))).ToHashSet(),
            cancellation);
}

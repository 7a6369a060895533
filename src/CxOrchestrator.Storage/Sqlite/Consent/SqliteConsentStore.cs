using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IConsentStore"/>
internal sealed class SqliteConsentStore(SqliteDatabase database) : IConsentStore
{
    private const string InForce = """
        select customer_id, channel, purpose, at, state, by, how from consents_in_force where customer_id = ? order by channel, purpose
        """;

    private const string IsSuppressed = "select 1 from suppressions where address = ? and channel = ?";

    public Task RecordAsync(IReadOnlyList<ConsentRecord> records, CancellationToken cancellation) =>
        database.WriteAsync(
            session =>
            {
                foreach (var record in records)
                    ConsentRows.Record(session, record);
                return true;
            },
            cancellation);

    public Task<IReadOnlyList<ConsentRecord>> InForceAsync(
        IReadOnlyCollection<Guid> customerIds, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<ConsentRecord>>(
            session => [.. customerIds.Distinct().SelectMany(id => session.Use(InForce).Add(id).All(StoredConsent.Read))], cancellation);

    public Task<IReadOnlySet<ContactPoint>> SuppressedAsync(
        IReadOnlyCollection<ContactPoint> points, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlySet<ContactPoint>>(
            session => points
                .Where(point => session.Use(IsSuppressed).Add(point.Address).Add(point.Channel).Number() is not null)
                .ToHashSet(),
            cancellation);
}

using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Simulating;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ISimulatedStore"/>
internal sealed class SqliteSimulatedStore(SqliteDatabase database) : ISimulatedStore
{
    // Facts that services tell are about messages and people as they were; those of the copy's own messages come from the simulation.
    private const string Told = $"""
        select {StoredEvent.Columns} from events indexed by events_told
        where source <> 'cxo' and delivery_id is null and time < ? and (time, id) > (?, ?) order by time, id limit ?
        """;

    private const string NextMessage = "select min(due_at) from deliveries indexed by deliveries_due where state in (0, 5)";

    private const string NextCase = "select min(try_at) from cases where state = 0 and try_at is not null and lease_until is null";

    private const string Unsent = """
        select customer_id, journey, step_id, occurrence, message, via, state, reason, changed_at from deliveries
        where planned_at >= ? and state <> 3 order by planned_at, id
        """;

    private const string Standing = """
        select journey, version, step_id, sum(state = 0), sum(state <> 0) from enrolments
        where state = 0 or ended_at >= ? group by journey, version, step_id order by journey, version, step_id
        """;

    /// <inheritdoc/>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation) => database.ReadAsync(
        session =>
        {
            long?[] earliest =
            [
                .. Enum.GetValues<Core.Lane>().Select(lane => session.Use(SqliteEnrolmentStore.NextFree).Add(lane).Number()),
                session.Use(NextMessage).Number(), session.Use(NextCase).Number(), session.Use(SqliteMomentStore.Next).Number(),
            ];
            return earliest.Min() is { } next ? StoredForms.ToTime(next) : (DateTimeOffset?)null;
        },
        cancellation);

    /// <inheritdoc/>
    public Task FreeRecordSlotsAsync(CancellationToken cancellation) => database.WriteAsync(
        session => session.Use("delete from entry_slots where entry_key like 'per/%' or entry_key like 'event/%'").Execute(), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CustomerEvent>> ToldAsync(DateTimeOffset from, DateTimeOffset to, CustomerEvent? after, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<CustomerEvent>>(
            session => session.Use(Told).Add(to).Add(after?.Time ?? from).Add(after?.Id ?? Guid.Empty).Add((long)limit).All(StoredEvent.Read), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UnsentMessage>> UnsentAsync(DateTimeOffset since, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<UnsentMessage>>(
            session => session.Use(Unsent).Add(since).All(row => new UnsentMessage(
                row.Guid(0), row.Text(1), row.Text(2), row.Int(3), row.Text(4), [.. row.Text(5).Select(digit => (Channel)(digit - '0'))],
                (DeliveryState)row.Int(6), row.Text(7), row.Time(8))),
            cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StepStanding>> StandingAsync(DateTimeOffset since, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<StepStanding>>(
            session => session.Use(Standing).Add(since).All(row => new StepStanding(row.Text(0), row.Int(1), row.Text(2), row.Long(3), row.Long(4))), cancellation);
}

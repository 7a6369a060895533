using CxOrchestrator.Core;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="ITakeOver"/>
internal sealed class PgTakeOver(PgDatabase database) : ITakeOver
{
    // A ledger row keeps a lease that ended long ago: recovery must still see whether it had been handed over.
    public const string EndDeliveries = "update deliveries set lease_until = '1970-01-01T00:00:00Z' where state in (1, 2)";

    public Task EndLeasesAsync(CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            foreach (var free in new[]
                     {
                         LeasedRows.FreeEvents, LeasedRows.FreeEnrolments, LeasedRows.FreeCases, LeasedRows.FreeWriteBacks, LeasedRows.FreeErrands,
                     })
                await session.Use(free).Add(DateTimeOffset.MaxValue).ExecuteAsync();
            return await session.Use(EndDeliveries).ExecuteAsync();
        },
        cancellation);
}

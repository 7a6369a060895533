using CxOrchestrator.Core;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ITakeOver"/>
internal sealed class SqliteTakeOver(SqliteDatabase database) : ITakeOver
{
    // A ledger row keeps a lease that ended long ago: recovery must still see whether it had been handed over.
    public const string EndDeliveries = "update deliveries set lease_until = 0 where state in (1, 2)";

    public Task EndLeasesAsync(CancellationToken cancellation) => database.WriteAsync(End, cancellation);

    private static bool End(SqliteSession session)
    {
        foreach (var free in new[]
                 {
                     LeasedRows.FreeEvents, LeasedRows.FreeEnrolments, LeasedRows.FreeCases, LeasedRows.FreeWriteBacks, LeasedRows.FreeErrands,
                 })
            session.Use(free).Add(long.MaxValue).Execute();
        session.Use(EndDeliveries).Execute();
        return true;
    }
}

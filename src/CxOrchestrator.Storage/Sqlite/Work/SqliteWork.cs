using CxOrchestrator.Core;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IWork"/>
internal sealed class SqliteWork(SqliteDatabase database) : IWork
{
    public Task<CommitReport> CommitAsync(Effects effects, CancellationToken cancellation) =>
        database.WriteAsync(session => EffectRows.Store(session, effects), cancellation);
}

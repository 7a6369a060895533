using CxOrchestrator.Core;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IWork"/>
internal sealed class PgWork(PgDatabase database) : IWork
{
    public Task<CommitReport> CommitAsync(Effects effects, CancellationToken cancellation) =>
        database.WriteAsync(session => EffectRows.StoreAsync(session, effects), cancellation);
}

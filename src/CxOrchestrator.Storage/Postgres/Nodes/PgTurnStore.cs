using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="ITurnStore"/>
internal sealed class PgTurnStore(PgDatabase database) : ITurnStore
{
    private const string Take = """
        insert into turns (name, node, lease_until) values ($1, $2, $3)
        on conflict (name) do update set node = excluded.node, lease_until = excluded.lease_until
        where turns.node = $2 or ((turns.lease_until is null or turns.lease_until <= $4) and (turns.done_at is null or turns.done_at <= $5))
        """;

    private const string GiveBack = "update turns set lease_until = null, done_at = coalesce($3, done_at) where name = $1 and node = $2";

    public Task<bool> TakeAsync(string name, Lease lease, DateTimeOffset doneBy, CancellationToken cancellation) => database.WriteAsync(
        async session => await session.Use(Take).Add(name).Add(lease.Node).Add(lease.Until).Add(lease.Now).Add(doneBy).ExecuteAsync() == 1, cancellation);

    public Task GiveBackAsync(string name, string node, DateTimeOffset? doneAt, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(GiveBack).Add(name).Add(node).Add(doneAt).ExecuteAsync(), cancellation);
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ITurnStore"/>
internal sealed class SqliteTurnStore(SqliteDatabase database) : ITurnStore
{
    private const string Take = """
        insert into turns (name, node, lease_until) values (?, ?, ?)
        on conflict (name) do update set node = excluded.node, lease_until = excluded.lease_until
        where turns.node = excluded.node or ((turns.lease_until is null or turns.lease_until <= ?) and (turns.done_at is null or turns.done_at <= ?))
        """;

    private const string GiveBack = "update turns set lease_until = null, done_at = coalesce(?, done_at) where name = ? and node = ?";

    public Task<bool> TakeAsync(string name, Lease lease, DateTimeOffset doneBy, CancellationToken cancellation) => database.WriteAsync(
        session => session.Use(Take).Add(name).Add(lease.Node).Add(lease.Until).Add(lease.Now).Add(doneBy).Execute() == 1, cancellation);

    public Task GiveBackAsync(string name, string node, DateTimeOffset? doneAt, CancellationToken cancellation) =>
        database.WriteAsync(session => session.Use(GiveBack).Add(doneAt).Add(name).Add(node).Execute(), cancellation);
}

using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Storage.Postgres;

/// <summary><see cref="IPluginStateStore"/> of this node: a connection that one node can't reach may work for another.</summary>
internal sealed class PgPluginStateStore(PgDatabase database, NodeIdentity? identity = null) : IPluginStateStore
{
    private const string Select = "select key, state, reason, since, what_to_do from plugin_states where node = $1";

    // Of nodes that are remembered, by the name that outlives their processes.
    private const string SelectAll = """
        select key, state, reason, since, what_to_do, node from plugin_states
        where node = $1 or exists (select 1 from nodes n where n.name = plugin_states.node and n.state in (0, 1)) order by node, key
        """;

    private const string Put = """
        insert into plugin_states (key, state, reason, since, what_to_do, node) values ($1, $2, $3, $4, $5, $6)
        on conflict (node, key) do update
        set state = excluded.state, reason = excluded.reason, since = excluded.since, what_to_do = excluded.what_to_do
        """;

    private string Node => identity?.Name ?? "";

    public Task<IReadOnlyDictionary<string, StateReport>> LoadAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<string, StateReport>>(
            async session => (await session.Use(Select).Add(Node).AllAsync(row => (Key: row.Text(0), Report: Read(row))))
                .ToDictionary(one => one.Key, one => one.Report, StringComparer.Ordinal),
            cancellation);

    public Task<IReadOnlyList<KeptState>> LoadOfAllAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<KeptState>>(
            async session => await session.Use(SelectAll).Add(Node).AllAsync(row => new KeptState(row.Text(5), row.Text(0), Read(row))), cancellation);

    public Task SaveAsync(string key, StateReport report, CancellationToken cancellation) =>
        database.WriteAsync(
            session => session.Use(Put).Add(key).Add(report.State).Add(report.Reason).Add(report.Since).Add(report.WhatToDo).Add(Node).ExecuteAsync(),
            cancellation);

    private static StateReport Read(PgRow row) => new((ConnectionState)row.Int(1), row.Text(2), row.Time(3), row.Text(4));
}

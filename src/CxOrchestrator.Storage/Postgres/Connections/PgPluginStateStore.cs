using CxOrchestrator.Core.Connections;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IPluginStateStore"/>
internal sealed class PgPluginStateStore(PgDatabase database) : IPluginStateStore
{
    private const string Select = "select key, state, reason, since, what_to_do from plugin_states";

    private const string Put = """
        insert into plugin_states (key, state, reason, since, what_to_do) values ($1, $2, $3, $4, $5)
        on conflict (key) do update
        set state = excluded.state, reason = excluded.reason, since = excluded.since, what_to_do = excluded.what_to_do
        """;

    public Task<IReadOnlyDictionary<string, StateReport>> LoadAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<string, StateReport>>(
            async session => (await session.Use(Select).AllAsync(row => (Key: row.Text(0), Report: Read(row))))
                .ToDictionary(one => one.Key, one => one.Report, StringComparer.Ordinal),
            cancellation);

    public Task SaveAsync(string key, StateReport report, CancellationToken cancellation) =>
        database.WriteAsync(
            session => session.Use(Put).Add(key).Add(report.State).Add(report.Reason).Add(report.Since).Add(report.WhatToDo).ExecuteAsync(),
            cancellation);

    private static StateReport Read(PgRow row) => new((ConnectionState)row.Int(1), row.Text(2), row.Time(3), row.Text(4));
}

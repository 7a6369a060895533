using System.Runtime.CompilerServices;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Storage.Conformance;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CxOrchestrator.Storage.Tests.Postgres;

/// <summary>Opens PostgreSQL stores for the conformance suites: one server a run, one database for all, a schema for each store.</summary>
internal static class PgStores
{
    private static readonly ConditionalWeakTable<OpenStore, string> Connections = [];
    private static readonly Lazy<string> Database = new(() => PostgresServer.Running.NewDatabase());

    private static int _schemas;

    /// <summary>A new store in a schema of its own.</summary>
    public static async Task<OpenStore> OpenAsync()
    {
        var schema = await NewSchemaAsync();
        var store = Open(schema, removeSchema: true);
        await store.Schema.MigrateAsync(CancellationToken.None);
        return store;
    }

    /// <summary>The same schema with connections of its own, as another process has.</summary>
    public static Task<OpenStore> OpenAgainAsync(OpenStore first) => Task.FromResult(Open(ConnectionOf(first)));

    /// <summary>What a store opened here connects with.</summary>
    public static string ConnectionOf(OpenStore store) =>
        Connections.TryGetValue(store, out var connection) ? connection : throw new ArgumentException("not opened here", nameof(store));

    /// <summary>A connection string with an empty schema of its own.</summary>
    public static async Task<string> NewSchemaAsync()
    {
        Needs.Postgres();
        var schema = $"store_{Interlocked.Increment(ref _schemas)}";
        await DoAsync(Database.Value, $"create schema {schema}");
        return $"{Database.Value};Search Path={schema};Maximum Pool Size=12";
    }

    /// <summary>A store over a schema that may or may not hold the tables.</summary>
    public static OpenStore Open(string connection, bool removeSchema = false, NodeIdentity? node = null)
    {
        var parts = new ServiceCollection().AddPostgresStorage(connection);
        if (node is not null)
            parts.AddSingleton(node);
        var services = parts.BuildServiceProvider();
        var store = new OpenStore(services, async () =>
        {
            await services.DisposeAsync();
            if (removeSchema)
                await DoAsync(Database.Value, $"drop schema {new NpgsqlConnectionStringBuilder(connection).SearchPath} cascade");
        });
        Connections.Add(store, connection);
        return store;
    }

    /// <summary>Runs SQL past the store.</summary>
    public static async Task DoAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{connection};Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Engine;
using CxOrchestrator.Storage;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>The store that an installation runs on, with what its own processes cost. Both sync at every commit.</summary>
internal sealed class StoreUnderTest : IDisposable
{
    private readonly PostgresServer? _server;

    private StoreUnderTest(string name, Action<IServiceCollection> register, PostgresServer? server)
    {
        Name = name;
        Register = register;
        _server = server;
    }

    /// <summary>What to call it.</summary>
    public string Name { get; }

    /// <summary>Registers the stores.</summary>
    public Action<IServiceCollection> Register { get; }

    /// <summary>The engine's sizes for it.</summary>
    public EngineOptions Sizes => _server is null ? new EngineOptions() : new EngineOptions().ForManyWriters();

    /// <summary>Processor time of the database's own processes; nothing where it runs in ours.</summary>
    public TimeSpan Used => _server is null ? TimeSpan.Zero : ProcessUsage.OfFamily(_server.ProcessId);

    /// <summary>The store of a name, empty.</summary>
    /// <param name="name"><c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="folder">For SQLite's file.</param>
    /// <exception cref="FormatException">There is none of this name.</exception>
    public static StoreUnderTest Of(string name, string folder)
    {
        switch (name)
        {
            case "sqlite":
                return new StoreUnderTest("SQLite", services => services.AddSqliteStorage(Path.Combine(folder, "cxo.db")), null);
            case "postgres":
                var server = PostgresServer.Durable();
                var connection = server.NewDatabase();
                return new StoreUnderTest("PostgreSQL", services => services.AddPostgresStorage(connection), server);
            default:
                throw new FormatException($"--store {name}: there are sqlite and postgres.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _server?.Dispose();
}

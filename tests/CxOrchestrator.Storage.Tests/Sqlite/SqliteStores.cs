using CxOrchestrator.Storage.Conformance;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Storage.Tests.Sqlite;

/// <summary>Opens SQLite stores for the conformance suites.</summary>
internal static class SqliteStores
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<OpenStore, string> Files = [];

    /// <summary>A new store in a folder of its own.</summary>
    public static async Task<OpenStore> OpenAsync()
    {
        var folder = new TemporaryFolder();
        var store = Open(folder.PathOf("cxo.db"), folder);
        await store.Schema.MigrateAsync(CancellationToken.None);
        return store;
    }

    /// <summary>The same file with connections of its own, as another process has.</summary>
    public static Task<OpenStore> OpenAgainAsync(OpenStore first) =>
        Task.FromResult(Open(Files.TryGetValue(first, out var file) ? file : throw new ArgumentException("not opened here", nameof(first)), null));

    /// <summary>A store over a file that may or may not exist.</summary>
    public static OpenStore Open(string file, IDisposable? remove = null)
    {
        var services = new ServiceCollection().AddSqliteStorage(file).BuildServiceProvider();
        var store = new OpenStore(services, async () =>
        {
            await services.DisposeAsync();
            remove?.Dispose();
        });
        Files.Add(store, file);
        return store;
    }
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Host.Settings;
using CxOrchestrator.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Host.Composition;

/// <summary>The store that the settings name, and its schema, which must be the one that this program works with.</summary>
internal static class Store
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services, StorageSettings settings) => settings.Kind switch
    {
        StoreKind.Postgres => services.AddPostgresStorage(settings.Connection!.Reveal()),
        _ => services.AddSqliteStorage(settings.File),
    };

    /// <summary>Migrates the embedded default; refuses any other store whose schema is behind.</summary>
    /// <exception cref="UserException">The schema is behind or ahead; the message holds the command to run.</exception>
    public static async Task ReadyAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var settings = services.GetRequiredService<HostSettings>();
        var schema = services.GetRequiredService<ISchema>();
        try
        {
            var pending = await schema.PendingAsync(cancellation);
            if (pending.Count > 0 && !settings.Storage.MigratesItself)
            {
                throw new UserException(
                    $"The schema of {settings.Storage.Name} lacks {pending.Count} migration(s): {string.Join(", ", pending)}. Run: cxo migrate");
            }

            if (pending.Count > 0)
                await schema.MigrateAsync(cancellation);
            await FollowClockAsync(services, cancellation);
        }
        catch (InvalidOperationException error)
        {
            throw new UserException(error.Message, error);
        }
    }

    /// <summary>Looks whether the schema is up to date, and changes nothing.</summary>
    /// <exception cref="UserException">The schema is behind or ahead; the message holds the command to run.</exception>
    public static async Task CheckAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var name = services.GetRequiredService<HostSettings>().Storage.Name;
        try
        {
            var pending = await services.GetRequiredService<ISchema>().PendingAsync(cancellation);
            if (pending.Count > 0)
                throw new UserException($"The schema of {name} lacks {pending.Count} migration(s): {string.Join(", ", pending)}. Run: cxo migrate");
            await FollowClockAsync(services, cancellation);
        }
        catch (InvalidOperationException error)
        {
            throw new UserException(error.Message, error);
        }
    }

    // The first look may have opened the connection, and so says less than the next.
    private static async Task FollowClockAsync(IServiceProvider services, CancellationToken cancellation)
    {
        if (services.GetRequiredService<Clocks>().Machine is not StoreClock clock)
            return;
        for (var look = 0; look < 3; look++)
            await NodeHeart.FollowAsync(clock, services.GetRequiredService<INodeStore>(), cancellation);
    }
}

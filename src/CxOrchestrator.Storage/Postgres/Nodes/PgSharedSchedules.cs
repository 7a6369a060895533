using System.Data.Common;
using CxOrchestrator.Core.Nodes;
using Npgsql;

namespace CxOrchestrator.Storage.Postgres;

/// <summary><see cref="ISharedSchedules"/> with a small pool of its own: a scheduler that waits for a lock keeps no work of ours from a connection.</summary>
internal sealed class PgSharedSchedules : ISharedSchedules, IDisposable
{
    private const int Connections = 6;

    private readonly NpgsqlDataSource _source;

    public PgSharedSchedules(string connection)
    {
        var settings = PgConnection.Read(connection);
        settings.MaxPoolSize = Connections;
        settings.ApplicationName = $"{settings.ApplicationName} schedules";
        _source = NpgsqlDataSource.Create(settings);
    }

    /// <inheritdoc/>
    public DbDataSource Source => _source;

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}

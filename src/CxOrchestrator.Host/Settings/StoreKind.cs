namespace CxOrchestrator.Host.Settings;

/// <summary>Where everything is stored: <c>Storage:Kind</c>.</summary>
public enum StoreKind
{
    /// <summary>A file of this machine, for one node.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database.</summary>
    Postgres,
}

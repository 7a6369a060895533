using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Sdk;
using CxOrchestrator.Storage;

namespace CxOrchestrator.Host.Settings;

/// <summary>The section <c>Storage</c>, checked.</summary>
public sealed record StorageSettings
{
    /// <summary><c>Storage:Kind</c>.</summary>
    public StoreKind Kind { get; init; }

    /// <summary>The database file of SQLite.</summary>
    public required string File { get; init; }

    /// <summary>The connection string of PostgreSQL; null for SQLite.</summary>
    public Secret? Connection { get; init; }

    /// <summary>True for the embedded default, a file that nobody has named: it migrates by itself.</summary>
    public required bool MigratesItself { get; init; }

    /// <summary>The store as it is told to people; nothing of the connection.</summary>
    public string Name => Kind == StoreKind.Sqlite ? File : "PostgreSQL, Storage:Connection";

    internal static StorageSettings Read(SettingsSection storage, string baseFolder, string dataFolder, List<string> faults)
    {
        var kind = storage.Text("Kind", "sqlite");
        var (file, reference) = (storage.Text("File"), storage.Text("Connection"));
        storage.NothingElse();
        Secret? connection = null;
        if (kind == "postgres")
            connection = ReadConnection(reference, file, faults);
        else if (kind != "sqlite")
            faults.Add($"Storage:Kind is \"{kind}\": write sqlite or postgres");
        else if (reference.Length > 0)
            faults.Add("Storage:Connection belongs to Storage:Kind postgres: write that kind, or leave the connection empty");
        return new StorageSettings
        {
            Kind = kind == "postgres" ? StoreKind.Postgres : StoreKind.Sqlite,
            File = file.Length > 0 ? Path.GetFullPath(file, baseFolder) : Path.Combine(dataFolder, "cxo.db"),
            Connection = connection,
            MigratesItself = kind != "postgres" && file.Length == 0,
        };
    }

    private static Secret? ReadConnection(string reference, string file, List<string> faults)
    {
        if (file.Length > 0)
            faults.Add("Storage:File belongs to Storage:Kind sqlite: leave it empty");
        if (reference.Length == 0)
        {
            faults.Add("Storage:Connection is missing: write a reference to PostgreSQL's connection string, such as env:CXO_DATABASE or file:/etc/cxo/database");
            return null;
        }

        var (secret, fault) = SecretLookup.Find(reference);
        if (secret is null)
            faults.Add($"Storage:Connection: {fault}");
        else if (StorageRegistration.FaultOfConnection(secret.Reveal()) is { } unreadable)
            faults.Add(unreadable);
        return secret;
    }
}

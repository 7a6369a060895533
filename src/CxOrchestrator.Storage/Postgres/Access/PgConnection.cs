using Npgsql;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>What is connected with: the connection string as it was given, and our defaults for what it leaves open.</summary>
internal static class PgConnection
{
    // Each text of ours once, with room for those that differ by what they take.
    private const int PreparedTexts = 200;

    // Enrolments are walked in a transaction that reads on other connections: with too few all of them might wait for one more.
    private const int LeastPool = 8;

    /// <exception cref="StorageException">It is not one; the text itself is not told, for it may hold a password.</exception>
    public static NpgsqlConnectionStringBuilder Read(string connection)
    {
        NpgsqlConnectionStringBuilder given;
        try
        {
            given = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidOperationException)
        {
            throw Unreadable("it is not read as one");
        }

        if (string.IsNullOrEmpty(given.Host))
            throw Unreadable("it names no Host");
        if (string.IsNullOrEmpty(given.Database))
            throw Unreadable("it names no Database");
        return WithDefaults(given);
    }

    private static NpgsqlConnectionStringBuilder WithDefaults(NpgsqlConnectionStringBuilder given)
    {
        var defaults = new NpgsqlConnectionStringBuilder
        {
            // A statement of ours takes milliseconds; one that takes this long waits for somebody's lock.
            CommandTimeout = 30,
            Timeout = 15,
            KeepAlive = 30,
            MaxPoolSize = 40,
            MaxAutoPrepare = PreparedTexts,
            AutoPrepareMinUsages = 2,
            ApplicationName = "cxorchestrator",
            // Nothing of ours stays behind on a connection.
            NoResetOnClose = true,
        };
        // Of two values for a key the later one counts.
        var settings = new NpgsqlConnectionStringBuilder($"{defaults.ConnectionString};{given.ConnectionString}");
        if (settings.MaxPoolSize < LeastPool)
            throw new StorageException($"Storage:Connection has a Maximum Pool Size of {settings.MaxPoolSize}; at least {LeastPool} are needed. Raise it, or leave it out.");
        // Details of an error hold values of rows, and so of customers.
        settings.IncludeErrorDetail = false;
        settings.PersistSecurityInfo = false;
        return settings;
    }

    private static StorageException Unreadable(string why) => new(
        $"Storage:Connection is not a PostgreSQL connection string: {why}. Write for example Host=db.example.com;Database=cxo;Username=cxo;Password=...");
}

using System.Net.Sockets;
using Npgsql;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// What went wrong with the database, in words that say what to do and hold nothing of the connection: the driver's own name the host, the user or
/// more, so they are not passed on.
/// </summary>
internal sealed class PgFaults(NpgsqlConnectionStringBuilder connection)
{
    public const string Place = "The PostgreSQL database of Storage:Connection";

    public static bool IsOfDatabase(Exception fault) => fault is NpgsqlException or SocketException or IOException or TimeoutException;

    /// <summary>
    /// True where nothing was stored and the same work may do better now: a deadlock, a row that another changed first, a lock that is waited for shortly only.
    /// </summary>
    public static bool MayBeRepeated(PostgresException fault) => fault.SqlState
        is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation
        or PostgresErrorCodes.LockNotAvailable;

    /// <summary>True where a server that was asked for a connection gives none to anybody: nobody listens, or it is starting or stopping.</summary>
    public static bool IsRefusal(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow }
        || Root(fault) is SocketException { SocketErrorCode: SocketError.ConnectionRefused };

    public StorageException Explain(Exception fault) => fault is PostgresException told
        ? new StorageException($"{Place}: {InWords(told)}") { MayPass = !IsOfTheWork(told), IsAway = IsComingOrGoing(told) }
        : new StorageException($"{Place}: {InWords(fault)}") { IsAway = true };

    // Classes of SQLSTATE: a value that is none of its type, one that breaks a rule of the table, one that is over a limit.
    private static bool IsOfTheWork(PostgresException fault) => fault.SqlState is ['2', '2' or '3', ..] or ['5', '4', ..];

    private static bool IsComingOrGoing(PostgresException fault) => fault.SqlState
        is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections;

    private string InWords(PostgresException fault) => fault.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            "the server refuses the user or the password. Put the right ones in what Storage:Connection refers to, or let pg_hba.conf admit this machine.",
        PostgresErrorCodes.InvalidCatalogName => "the server has no such database. Create it (createdb), or name the right one.",
        PostgresErrorCodes.InsufficientPrivilege =>
            "this user lacks a right. Give the user the right to create and use tables in its schema (grant create, usage on schema).",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => "the schema is not up to date. Run `cxo migrate`.",
        PostgresErrorCodes.TooManyConnections =>
            "the server takes no more connections. Raise its max_connections, or lower Maximum Pool Size in the connection string.",
        PostgresErrorCodes.ProgramLimitExceeded =>
            "a value is longer than an index holds (some 2,700 bytes): an address, an id or a key. Nothing of what came with it was stored; shorten it at its source.",
        PostgresErrorCodes.DiskFull => "the server's disk is full. Free some space; what was acknowledged is stored, the rest was not taken.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "the server takes no writes (a standby?). Name the primary.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            "the server is shutting down or starting. What was not acknowledged comes again when it is back.",
        _ => $"{Masked(fault.MessageText)} (SQLSTATE {fault.SqlState}).",
    };

    private static string InWords(Exception fault) => Root(fault) switch
    {
        TimeoutException => "it didn't answer in time. Look for a long lock or an overloaded server; Command Timeout and Timeout in the connection string set how long is waited.",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "nobody listens there. Start the server, or correct host and port.",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } => "the host's name is not known. Correct it, or the name service.",
        IOException or SocketException
        {
            SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown
        } => "the connection broke. What was not acknowledged comes again.",
        SocketException socket => $"it can't be reached ({socket.SocketErrorCode}). Check the server and the network.",
        _ => $"the connection failed ({Root(fault).GetType().Name}). Check the server and the connection string.",
    };

    private static Exception Root(Exception fault)
    {
        while (fault.InnerException is { } inner)
            fault = inner;
        return fault;
    }

    private string Masked(string text)
    {
        string?[] secrets = [connection.Password, connection.Username, connection.Host, connection.Database];
        return secrets.OfType<string>().Where(secret => secret.Length > 0)
            .Aggregate(text, (masked, secret) => masked.Replace($"\"{secret}\"", "\"***\"", StringComparison.Ordinal)
                .Replace(secret == connection.Password ? secret : $"\"{secret}\"", "***", StringComparison.Ordinal));
    }
}

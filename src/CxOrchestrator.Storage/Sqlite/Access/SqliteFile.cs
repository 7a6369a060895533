using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>The database's file: opens connections to it, and says what is wrong with it in words.</summary>
internal sealed class SqliteFile
{
    // How long SQLite itself waits for another process that writes (an import beside a running host).
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // FULL, not NORMAL: in WAL mode NORMAL doesn't sync the log at commit, so a power loss takes back the last commits, and we have
    // told a caller by then that the event is stored, or a mail server that a message is ours. Group commit pays for it.
    // The log is folded back every 48 MB rather than every 4: pages that thousands of rows a second change are written back once for many changes.
    private const string WriterSettings = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma temp_store = memory;
        pragma cache_size = -65536;
        pragma wal_autocheckpoint = 12000;
        pragma journal_size_limit = 67108864;
        """;

    // For what is thrown away: a power loss may take all of it, and nobody else opens it. What a transaction takes back is kept in memory, so that a page is
    // written once, to its place, and locks are taken once.
    private const string ScratchSettings = """
        pragma locking_mode = exclusive;
        pragma journal_mode = memory;
        pragma synchronous = off;
        pragma temp_store = memory;
        pragma cache_size = -262144;
        """;

    // A reader that could write would do it past the one queue of writes.
    private const string ReaderSettings = """
        pragma query_only = on;
        pragma temp_store = memory;
        pragma cache_size = -16384;
        """;

    private readonly TimeSpan _patience;

    public SqliteFile(string path, TimeSpan? patience = null, bool isScratch = false)
    {
        IsScratch = isScratch;
        Path = System.IO.Path.GetFullPath(path);
        _patience = patience ?? Patience;
    }

    public string Path { get; }

    /// <summary>True for what is thrown away afterwards.</summary>
    public bool IsScratch { get; }

    /// <summary>False before the first migration has made it.</summary>
    public bool Exists => new FileInfo(Path) is { Exists: true, Length: > 0 };

    public SqliteSession OpenWriter()
    {
        var session = Open();
        try
        {
            session.Run(IsScratch ? ScratchSettings : WriterSettings);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public SqliteSession OpenReader()
    {
        if (!Exists)
            throw new StorageException($"{Path}: there is no database yet. Run `cxo migrate` to create it, or set Storage:File to the one you have.");
        var session = Open();
        try
        {
            session.Run(ReaderSettings);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The fault in words, with the file and what to do.</summary>
    public StorageException Explain(SqliteException fault) => new($"{Path}: {InWords(fault)}", fault) { MayPass = !IsOfTheWork(fault) };

    private static bool IsOfTheWork(SqliteException fault) =>
        Kind(fault) is raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE;

    private SqliteSession Open()
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (!Directory.Exists(folder))
            throw new StorageException($"{Path}: the folder {folder} does not exist. Create it, or set Storage:File or Data:Folder to one that does.");
        if (Directory.Exists(Path))
            throw new StorageException($"{Path}: this is a folder. Set Storage:File to a file.");
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = Path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false, ForeignKeys = false,
        };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            _ = raw.sqlite3_extended_result_codes(connection.Handle!, 1);
            _ = raw.sqlite3_busy_timeout(connection.Handle!, (int)_patience.TotalMilliseconds);
            return new SqliteSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // What a statement answers says more in its higher bits.
    private static int Kind(SqliteException fault) => fault.SqliteErrorCode & 0xff;

    private static string InWords(SqliteException fault) => Kind(fault) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            "another process keeps the database locked for writing. End that process or wait until it is done, and try again.",
        raw.SQLITE_CANTOPEN => "the database can't be opened. Check that this user may read and write the file and its folder.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
            "the database can't be written. Give this user the right to write the file, its -wal and -shm files and its folder.",
        raw.SQLITE_CORRUPT =>
            "the database is damaged. Stop, keep a copy of the file with its -wal file, and restore a backup or try `sqlite3 FILE .recover`.",
        raw.SQLITE_NOTADB => "this is not a SQLite database. Set Storage:File to another file, or restore a backup.",
        raw.SQLITE_FULL => "the disk is full. Free some space; what was acknowledged is stored, the rest was not taken.",
        raw.SQLITE_IOERR => $"the disk failed ({fault.SqliteExtendedErrorCode}). Check the disk and its space, then start again.",
        raw.SQLITE_ERROR when fault.Message.Contains("no such table", StringComparison.Ordinal)
            || fault.Message.Contains("no such column", StringComparison.Ordinal)
            || fault.Message.Contains("has no column", StringComparison.Ordinal) =>
            "the schema is not up to date. Run `cxo migrate`.",
        _ => fault.Message,
    };
}

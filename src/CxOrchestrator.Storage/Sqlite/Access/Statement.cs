using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Core;
using SQLitePCL;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>
/// A prepared statement: values are added in the order of its <c>?</c>, rows are read by column. Disposing makes it ready for the next
/// use. It stands on the driver's own calls because a command object with boxed parameters costs several times the statement itself.
/// </summary>
internal sealed class Statement : IStoredRow, IDisposable
{
    private readonly SqliteSession _session;
    private readonly sqlite3_stmt _handle;
    private readonly string _sql;
    private int _added;

    public Statement(SqliteSession session, sqlite3_stmt handle, string sql)
    {
        _session = session;
        _handle = handle;
        _sql = sql;
    }

    public bool InUse { get; set; }

    public Statement Add(long value) => Bound(raw.sqlite3_bind_int64(_handle, ++_added, value));

    public Statement Add(long? value) => value is { } known ? Add(known) : AddNull();

    public Statement Add(bool value) => Add(value ? 1L : 0L);

    public Statement Add(DateTimeOffset value) => Add(StoredForms.ToStored(value));

    public Statement Add(DateTimeOffset? value) => value is { } known ? Add(known) : AddNull();

    // An enum of ours stands as its number; a test pins the numbers. All of them are ints.
    public Statement Add<TEnum>(TEnum value)
        where TEnum : struct, Enum => Add((long)Unsafe.As<TEnum, int>(ref value));

    public Statement Add(Guid value)
    {
        // Big-endian, so that the order of bytes is the order of time.
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bound(raw.sqlite3_bind_blob(_handle, ++_added, bytes));
    }

    public Statement Add(Guid? value) => value is { } known ? Add(known) : AddNull();

    public Statement Add(string? value) => value is null ? AddNull() : Bound(raw.sqlite3_bind_text(_handle, ++_added, value));

    public Statement Add(JsonElement value) => Add(StoredForms.ToText(value));

    public Statement AddNull() => Bound(raw.sqlite3_bind_null(_handle, ++_added));

    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_handle);
        if (code is raw.SQLITE_ROW)
            return true;
        if (code is not raw.SQLITE_DONE)
            _session.Throw(code);
        return false;
    }

    /// <summary>Runs to the end and gives how many rows it changed.</summary>
    public int Execute()
    {
        using (this)
        {
            while (Step())
            {
            }

            return raw.sqlite3_changes(_session.Handle);
        }
    }

    /// <summary>The first column of the first row, or null.</summary>
    public long? Number()
    {
        using (this)
            return Step() ? LongOrNull(0) : null;
    }

    /// <summary>All rows.</summary>
    public List<T> All<T>(Func<Statement, T> read)
    {
        using (this)
        {
            var rows = new List<T>();
            while (Step())
                rows.Add(read(this));
            return rows;
        }
    }

    /// <summary>The first row, or null.</summary>
    public T? First<T>(Func<Statement, T> read)
        where T : class
    {
        using (this)
            return Step() ? read(this) : null;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(_handle, column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public int Int(int column) => (int)Long(column);

    public int? IntOrNull(int column) => IsNull(column) ? null : Int(column);

    public bool Bool(int column) => Long(column) != 0;

    public DateTimeOffset Time(int column) => StoredForms.ToTime(Long(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public Guid Guid(int column) => new(raw.sqlite3_column_blob(_handle, column), bigEndian: true);

    public Guid? GuidOrNull(int column) => IsNull(column) ? null : Guid(column);

    // By length, not up to the first NUL: a customer may type one.
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_handle, column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public JsonElement Json(int column)
    {
        var bytes = raw.sqlite3_column_blob(_handle, column);
        return bytes.SequenceEqual("{}"u8) ? Core.Json.EmptyObject : StoredForms.ToJson(bytes);
    }

    public void Dispose()
    {
        // Reset repeats the error of the last step, which has been thrown already.
        _ = raw.sqlite3_reset(_handle);
        _added = 0;
        InUse = false;
    }

    public void Close() => _handle.Dispose();

    public override string ToString() => _sql;

    private Statement Bound(int code)
    {
        if (code == raw.SQLITE_OK)
            return this;
        Dispose();
        _session.Throw(code);
        return this;
    }
}

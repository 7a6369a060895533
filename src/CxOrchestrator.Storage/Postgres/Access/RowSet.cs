using System.Runtime.CompilerServices;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Many rows as one statement takes them: a list of values a column, so that a thousand rows are one text, one plan and one round trip. Names
/// the columns, their types and where their values come from, in one place.
/// </summary>
internal sealed class RowSet<T>
{
    private readonly List<(string Name, string Type)> _columns = [];
    private readonly List<Action<PgStatement, IReadOnlyList<T>>> _values = [];

    /// <summary>How many parameters it takes, from <c>$1</c> on.</summary>
    public int Count => _columns.Count;

    /// <summary>The columns' names.</summary>
    public string Names => string.Join(", ", _columns.Select(column => column.Name));

    /// <summary>The rows as a table <c>v</c> to select from, in their order.</summary>
    public string Table => TableFrom(1);

    /// <summary>The same where other values stand before the rows: its first parameter's number.</summary>
    public string TableFrom(int first) =>
        // Not "from unnest(...)": that writes each list to a store of its own before it reads the first row.
        $"(select {string.Join(", ", _columns.Select((column, at) => $"unnest(${at + first}::{column.Type}[]) as {column.Name}"))}) v";

    /// <summary>A text that adds the rows to a table and leaves those alone whose unique key exists.</summary>
    public string InsertInto(string table) => $"insert into {table} ({Names}) select {Names} from {Table} on conflict do nothing";

    public RowSet<T> Key(string name, Func<T, Guid> value) => With(name, "uuid", (to, rows) => to.Add(rows.Select(value)));

    public RowSet<T> KeyOrNull(string name, Func<T, Guid?> value) => With(name, "uuid", (to, rows) => to.Add(rows.Select(value)));

    public RowSet<T> Text(string name, Func<T, string?> value) => With(name, "text", (to, rows) => to.Add(rows.Select(value)));

    public RowSet<T> Number(string name, Func<T, int> value) => With(name, "int", (to, rows) => to.Add(rows.Select(value)));

    public RowSet<T> NumberOrNull(string name, Func<T, int?> value) => With(name, "int", (to, rows) => to.Add(rows.Select(value)));

    public RowSet<T> Enum<TEnum>(string name, Func<T, TEnum> value)
        where TEnum : struct, Enum => Number(name, row =>
        {
            var one = value(row);
            return Unsafe.As<TEnum, int>(ref one);
        });

    public RowSet<T> Flag(string name, Func<T, bool> value) => With(name, "bool", (to, rows) => to.Add(rows.Select(value)));

    public RowSet<T> Time(string name, Func<T, DateTimeOffset?> value) => With(name, "timestamptz", (to, rows) => to.Add(rows.Select(value)));

    /// <summary>The same columns, of rows that hold these.</summary>
    public RowSet<TOuter> Within<TOuter>(Func<TOuter, T> part)
    {
        var outer = new RowSet<TOuter>();
        outer._columns.AddRange(_columns);
        outer._values.AddRange(_values.Select<Action<PgStatement, IReadOnlyList<T>>, Action<PgStatement, IReadOnlyList<TOuter>>>(
            add => (to, rows) => add(to, [.. rows.Select(part)])));
        return outer;
    }

    public void Bind(PgStatement statement, IReadOnlyList<T> rows)
    {
        foreach (var add in _values)
            add(statement, rows);
    }

    private RowSet<T> With(string name, string type, Action<PgStatement, IReadOnlyList<T>> values)
    {
        _columns.Add((name, type));
        _values.Add(values);
        return this;
    }
}

using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// A statement about to run: values are added in the order of its <c>$1</c>, <c>$2</c>, … and run it once. The driver prepares each text on a
/// connection when it comes the second time. One of a batch (<see cref="PgBatch"/>) runs with the batch.
/// </summary>
internal sealed class PgStatement
{
    private readonly NpgsqlParameterCollection _parameters;
    private readonly NpgsqlCommand? _alone;
    private readonly CancellationToken _cancellation;

    public PgStatement(NpgsqlCommand alone, CancellationToken cancellation)
    {
        _parameters = alone.Parameters;
        _alone = alone;
        _cancellation = cancellation;
    }

    public PgStatement(NpgsqlBatchCommand part) => _parameters = part.Parameters;

    private NpgsqlCommand Alone => _alone ?? throw new InvalidOperationException("A statement of a batch runs with the batch.");

    public PgStatement Add(Guid value) => Typed(value, NpgsqlDbType.Uuid);

    public PgStatement Add(Guid? value) => value is { } known ? Add(known) : Null(NpgsqlDbType.Uuid);

    public PgStatement Add(int value) => Typed(value, NpgsqlDbType.Integer);

    public PgStatement Add(int? value) => value is { } known ? Add(known) : Null(NpgsqlDbType.Integer);

    public PgStatement Add(double value) => Typed(value, NpgsqlDbType.Double);

    public PgStatement Add(bool value) => Typed(value, NpgsqlDbType.Boolean);

    public PgStatement Add(string? value) => value is null ? Null(NpgsqlDbType.Text) : Typed(PgText.ToStored(value), NpgsqlDbType.Text);

    // PostgreSQL keeps whole microseconds; the driver cuts what is finer off downwards, as StoredForms does.
    public PgStatement Add(DateTimeOffset value) => Typed(value.UtcDateTime, NpgsqlDbType.TimestampTz);

    public PgStatement Add(DateTimeOffset? value) => value is { } known ? Add(known) : Null(NpgsqlDbType.TimestampTz);

    // An enum of ours stands as its number; a test pins the numbers. All of them are ints.
    public PgStatement Add<TEnum>(TEnum value)
        where TEnum : struct, Enum => Add(Unsafe.As<TEnum, int>(ref value));

    public PgStatement Add(IEnumerable<Guid> values) => Typed(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    public PgStatement Add(IEnumerable<Guid?> values) => Typed(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    public PgStatement Add(IEnumerable<int> values) => Typed(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public PgStatement Add(IEnumerable<long> values) => Typed(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public PgStatement Add(IEnumerable<int?> values) => Typed(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public PgStatement Add(IEnumerable<bool> values) => Typed(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean);

    public PgStatement Add(IEnumerable<string?> values) =>
        Typed(values.Select(text => text is null ? null : PgText.ToStored(text)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    public PgStatement Add(IEnumerable<DateTimeOffset?> values) =>
        Typed(values.Select(time => time?.UtcDateTime).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);

    /// <summary>The values of rows, a list a column.</summary>
    public PgStatement Add<T>(RowSet<T> set, IReadOnlyList<T> rows)
    {
        set.Bind(this, rows);
        return this;
    }

    /// <summary>Runs it and gives how many rows it changed.</summary>
    public async Task<int> ExecuteAsync()
    {
        await using (Alone)
            return await Alone.ExecuteNonQueryAsync(_cancellation).ConfigureAwait(false);
    }

    /// <summary>All rows.</summary>
    public async Task<List<T>> AllAsync<T>(Func<PgRow, T> read)
    {
        await using (Alone)
        {
            await using var reader = await Alone.ExecuteReaderAsync(_cancellation).ConfigureAwait(false);
            var row = new PgRow(reader);
            var rows = new List<T>();
            while (await reader.ReadAsync(_cancellation).ConfigureAwait(false))
                rows.Add(read(row));
            return rows;
        }
    }

    /// <summary>Row by row, none of them kept.</summary>
    public async Task EachAsync(Action<NpgsqlDataReader> row)
    {
        await using (Alone)
        {
            await using var reader = await Alone.ExecuteReaderAsync(_cancellation).ConfigureAwait(false);
            while (await reader.ReadAsync(_cancellation).ConfigureAwait(false))
                row(reader);
        }
    }

    /// <summary>The first row, or null.</summary>
    public async Task<T?> FirstAsync<T>(Func<PgRow, T> read)
        where T : class => (await AllAsync(read).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>The first column of the first row as a number; 0 where there is none.</summary>
    public async Task<long> NumberAsync() =>
        (await AllAsync(row => row.IsNull(0) ? 0 : row.Long(0)).ConfigureAwait(false)).FirstOrDefault();

    private PgStatement Typed<T>(T value, NpgsqlDbType type)
    {
        _parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return this;
    }

    private PgStatement Null(NpgsqlDbType type)
    {
        _parameters.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type });
        return this;
    }
}

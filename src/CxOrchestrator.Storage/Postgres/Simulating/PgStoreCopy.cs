using System.Globalization;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IStoreCopy"/>
internal sealed class PgStoreCopy(PgDatabase database) : IStoreCopy
{
    // Each connection adds to a row of its own here; in a copy they are one.
    private const string Tallies = """
        (select journey, split, version, variant, sum(people)::bigint as people, sum(goals)::bigint as goals, sum(engaged)::bigint as engaged,
          sum(answers)::bigint as answers, sum(promoters)::bigint as promoters, sum(scores)::bigint as scores, sum(score_sum)::bigint as score_sum,
          sum(score_squares)::bigint as score_squares
        from split_tallies group by journey, split, version, variant)
        """;

    /// <inheritdoc/>
    public async Task CopyAsync(string file, CopyScope scope, CancellationToken cancellation)
    {
        await using (var empty = new SqliteDatabase(file))
            await new SqliteSchema(empty).MigrateAsync(cancellation);
        await using var copy = new SqliteConnection($"Data Source={file};Pooling=False");
        await copy.OpenAsync(cancellation);
        Run(copy, "pragma synchronous = off");
        await using var transaction = copy.BeginTransaction();
        // One moment for all tables.
        await database.ReadMomentAsync(
            async origin =>
            {
                await origin.RunAsync("set transaction read only");
                foreach (var (table, columns) in CopyColumns.Of(copy))
                    await CopyTableAsync(origin, copy, table, columns, scope);
                return true;
            },
            cancellation);
        Run(copy, CopiedTables.Settle);
        transaction.Commit();
    }

    private static async Task CopyTableAsync(PgSession origin, SqliteConnection copy, string table, List<string> columns, CopyScope scope)
    {
        var names = CopyColumns.Names(columns);
        var whose = scope.Customers is not null && CopiedTables.CustomerColumn(table, columns) is { } owner ? $" and {owner} = any($2)" : "";
        var rows = CopiedTables.RowsOf(table).Replace("$since", "$1", StringComparison.Ordinal);
        var from = table == "split_tallies" ? Tallies : $"\"{table}\"";
        // Here most of a trail stands beside what else a walk carries along; in the copy it is part of it.
        var context = table == "enrolments" ? columns.IndexOf("context") : -1;
        var read = origin.Use($"select {names}{(context >= 0 ? ", told" : "")} from {from} rows where $1 is not null and {rows}{whose}").Add(scope.Since);
        if (whose.Length > 0)
            read.Add(scope.Customers!);

        await using var write = copy.CreateCommand();
        write.CommandText = $"insert into \"{table}\" ({names}) values ({string.Join(", ", columns.Select((_, place) => $"$p{place}"))})";
        SqliteParameter[] values = [.. columns.Select((_, place) => write.Parameters.Add(new SqliteParameter { ParameterName = $"$p{place}" }))];
        await read.EachAsync(reader =>
        {
            for (var place = 0; place < values.Length; place++)
                values[place].Value = Kept(reader.GetValue(place));
            if (context >= 0)
                values[context].Value = WithTrail((string)values[context].Value!, (string)Kept(reader.GetValue(values.Length)));
            write.ExecuteNonQuery();
        });
    }

    private static string WithTrail(string context, string told) => ContextText.Write(ContextText.ReadEnd(StoredForms.ToJson(context), told));

    // As SQLite's own stores write it.
    private static object Kept(object value) => value switch
    {
        Guid key => key.ToByteArray(bigEndian: true),
        DateTime time => StoredForms.ToStored(new DateTimeOffset(time, TimeSpan.Zero)),
        bool truth => truth ? 1L : 0L,
        string text => PgText.FromStored(text),
        short or int => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => value,
    };

    private static void Run(SqliteConnection copy, string sql)
    {
        using var command = copy.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

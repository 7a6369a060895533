using Microsoft.Data.Sqlite;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>The tables and columns that a fresh copy has: whatever this program's migrations make.</summary>
internal static class CopyColumns
{
    /// <summary>All tables that are copied, in order of name, with their columns.</summary>
    public static IReadOnlyList<(string Table, List<string> Columns)> Of(SqliteConnection copy) =>
    [
        .. Texts(copy, "select name from main.sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name")
            .Where(CopiedTables.Takes)
            .Select(table => (table, Texts(copy, $"select name from pragma_table_info('{table}') order by cid"))),
    ];

    /// <summary>Columns in a statement.</summary>
    public static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));

    private static List<string> Texts(SqliteConnection copy, string sql)
    {
        using var command = copy.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return texts;
    }
}

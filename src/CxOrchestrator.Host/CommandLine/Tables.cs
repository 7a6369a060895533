using System.Globalization;
using CxOrchestrator.Core.Connections;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>Tables that fit a terminal: the last column takes the line breaks.</summary>
internal static class Tables
{
    public static Table New(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        for (var index = 0; index < columns.Length; index++)
        {
            var column = new TableColumn(Markup.Escape(columns[index]));
            table.AddColumn(index == columns.Length - 1 ? column : column.NoWrap());
        }

        return table;
    }

    public static Table Row(this Table table, params string[] cells) =>
        table.AddRow([.. cells.Select(cell => new Text(cell))]);

    /// <summary>A state as a word, with a colour beside it.</summary>
    public static Text State(ConnectionState state) => new(state.ToString(), state switch
    {
        ConnectionState.Ready => Color.Green,
        ConnectionState.Discovered or ConnectionState.Disabled => Color.Grey,
        ConnectionState.Degraded => Color.Yellow,
        _ => Color.Red,
    });

    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>«1 fault», «2 faults».</summary>
    public static string Number(int count, string word) => $"{Count(count)} {word}{(count == 1 ? "" : "s")}";

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

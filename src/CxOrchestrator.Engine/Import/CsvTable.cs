namespace CxOrchestrator.Engine.Import;

/// <summary>A row of a table: its columns by name, or why it is refused.</summary>
/// <param name="Line">The line in which it begins, from 1.</param>
/// <param name="Columns">Values by column name; empty where it is refused.</param>
/// <param name="Fault">Why it is refused, or null.</param>
internal sealed record ImportRow(long Line, IReadOnlyDictionary<string, object?> Columns, string? Fault)
{
    /// <summary>The text of a column.</summary>
    public string this[string column] => Columns.GetValueOrDefault(column) as string ?? "";
}

/// <summary>A CSV file with a header, row by row.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly LineReader _lines;
    private readonly CsvReader _reader;

    private CsvTable(LineReader lines, CsvReader reader, IReadOnlyList<string> header)
    {
        _lines = lines;
        _reader = reader;
        Header = header;
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Opens a table; the second value says what is wrong with its header, where something is.</summary>
    public static async Task<(CsvTable? Table, string Fault)> OpenAsync(Stream stream, string name, CancellationToken cancellation)
    {
        var lines = new LineReader(stream);
        if (await lines.NextAsync(cancellation) is not { } first || first.TooLong)
        {
            lines.Dispose();
            return (null, $"{name} has no header: its first line must name the columns");
        }

        var delimiter = CsvReader.DelimiterOf(first.Text);
        var fields = new CsvFields(delimiter);
        var complete = fields.Take(first.Text, first.End) == CsvProgress.Complete;
        var header = fields.Values.Select(column => column.Trim()).ToList();
        var twice = header.GroupBy(column => column, StringComparer.Ordinal).Where(group => group.Count() > 1 || group.Key.Length == 0).ToList();
        if (complete && twice.Count == 0)
            return (new CsvTable(lines, new CsvReader(lines, delimiter), header), "");
        lines.Dispose();
        return (null, !complete
            ? $"{name}:1: the header can't be read: {(fields.Fault.Length > 0 ? fields.Fault : "a quote is not closed")}"
            : $"{name}:1: the header has columns without a name or of the same name: {string.Join(", ", twice.Select(group => $"'{group.Key}'"))}");
    }

    /// <summary>The next row, or null at the end.</summary>
    public async Task<ImportRow?> NextAsync(CancellationToken cancellation)
    {
        if (await _reader.NextAsync(cancellation) is not { } record)
            return null;
        if (record.Fault is not null)
            return Refused(record.Line, record.Fault);
        if (record.Fields.Count != Header.Count)
            return Refused(record.Line, $"the row has {record.Fields.Count} columns, the header has {Header.Count}");
        var columns = new Dictionary<string, object?>(Header.Count, StringComparer.Ordinal);
        for (var column = 0; column < Header.Count; column++)
            columns[Header[column]] = record.Fields[column];
        return new ImportRow(record.Line, columns, null);
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private static ImportRow Refused(long line, string fault) => new(line, new Dictionary<string, object?>(), fault);
}

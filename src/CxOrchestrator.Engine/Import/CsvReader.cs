namespace CxOrchestrator.Engine.Import;

/// <summary>A record of a CSV file.</summary>
/// <param name="Line">The line in which it begins, from 1.</param>
/// <param name="Fields">Its fields; empty where it is refused.</param>
/// <param name="Fault">Why it is refused, or null.</param>
internal sealed record CsvRecord(long Line, IReadOnlyList<string> Fields, string? Fault);

/// <summary>
/// Reads CSV with faults in it. Where the quotes of a record are wrong, that one line is refused and reading goes on with the very next line: a quote that is
/// never closed would otherwise swallow the rest of the file. No library on the feed does this, hence our own reader.
/// </summary>
internal sealed class CsvReader(LineReader lines, char delimiter)
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    // How far a closing quote is looked for.
    private const int FurthestQuote = 16_777_216;

    private readonly Stack<FileLine> _again = new();

    /// <summary>Which of the usual delimiters a header line uses: the one that it has most of.</summary>
    public static char DelimiterOf(string header) =>
        Delimiters.MaxBy(candidate => header.Count(letter => letter == candidate));

    /// <summary>The next record, or null at the end of the file. Empty lines are passed over.</summary>
    public async Task<CsvRecord?> NextAsync(CancellationToken cancellation)
    {
        FileLine? first;
        do
            first = await LineAsync(cancellation);
        while (first is { Text.Length: 0 });
        if (first is null)
            return null;

        var fields = new CsvFields(delimiter);
        var taken = new List<FileLine>();
        var length = 0L;
        for (var line = first; line is not null; line = await LineAsync(cancellation))
        {
            if (line != first)
                taken.Add(line);
            length += line.Text.Length;
            var progress = line.TooLong ? CsvProgress.Malformed : fields.Take(line.Text, line.End);
            if (progress == CsvProgress.Complete)
                return Complete(first.Number, fields);
            if (progress == CsvProgress.Malformed || length > FurthestQuote)
                break;
        }

        for (var back = taken.Count - 1; back >= 0; back--)
            _again.Push(taken[back]);
        return new CsvRecord(first.Number, [], Reason(first, fields));
    }

    private static string Reason(FileLine first, CsvFields fields)
    {
        if (first.TooLong)
            return $"the line is longer than {LineReader.LongestLine} characters";
        return fields.Fault.Length > 0 ? fields.Fault : $"column {fields.Values.Count + 1} opens a quote that is never closed: close it, or double it";
    }

    private static CsvRecord Complete(long line, CsvFields fields) => fields.TooLong.Count == 0
        ? new CsvRecord(line, fields.Values, null)
        : new CsvRecord(line, [], $"column {string.Join(" and ", fields.TooLong)} has more than {CsvFields.LongestField} characters: shorten it");

    private async Task<FileLine?> LineAsync(CancellationToken cancellation) =>
        _again.TryPop(out var line) ? line : await lines.NextAsync(cancellation);
}

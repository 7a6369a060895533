namespace CxOrchestrator.Engine.Import;

/// <summary>Turns the ids of one file into those of another: for <c>customers.csv:customer_id=customer_unique_id</c> the order's id into the person's.</summary>
internal sealed class SubjectLookup
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly string _file;
    private readonly string _from;

    private SubjectLookup(string file, string from)
    {
        _file = file;
        _from = from;
    }

    /// <summary>Reads the lookup's file into memory; null where something is wrong, which is told.</summary>
    /// <param name="spec"><c>FILE:COLUMN=COLUMN</c>.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<SubjectLookup?> LoadAsync(string spec, List<string> faults, CancellationToken cancellation)
    {
        var colon = spec.LastIndexOf(':');
        var columns = colon > 0 ? spec[(colon + 1)..].Split('=', StringSplitOptions.TrimEntries) : [];
        if (columns.Length != 2)
        {
            faults.Add($"lookup '{spec}': write FILE:COLUMN=COLUMN, for example customers.csv:customer_id=person_id");
            return null;
        }

        var path = spec[..colon];
        if (!File.Exists(path))
        {
            faults.Add($"lookup '{spec}': there is no file {path}");
            return null;
        }

        var stream = File.OpenRead(path);
        await using (stream)
        {
            var (table, fault) = await CsvTable.OpenAsync(stream, path, cancellation);
            using (table)
                return table is null ? Fault(fault, faults) : await ReadAsync(table, path, columns[0], columns[1], faults, cancellation);
        }
    }

    /// <summary>The other id, or null with the reason.</summary>
    public string? Find(string id, out string? fault)
    {
        fault = null;
        if (_values.TryGetValue(id, out var value))
            return value;
        fault = $"'{id}' is no {_from} of {Path.GetFileName(_file)}";
        return null;
    }

    private static async Task<SubjectLookup?> ReadAsync(
        CsvTable table, string path, string from, string to, List<string> faults, CancellationToken cancellation)
    {
        foreach (var column in new[] { from, to }.Where(column => !table.Header.Contains(column)))
            faults.Add($"lookup {path}: the file has no column '{column}'. Columns are {string.Join(", ", table.Header)}");
        if (!table.Header.Contains(from) || !table.Header.Contains(to))
            return null;
        var lookup = new SubjectLookup(path, from);
        while (await table.NextAsync(cancellation) is { } row)
        {
            // A row that can't be read is missed where its id is asked for.
            if (row.Fault is null)
                lookup._values.TryAdd(row[from].Trim(), row[to].Trim());
        }

        return lookup;
    }

    private static SubjectLookup? Fault(string fault, List<string> faults)
    {
        faults.Add($"lookup: {fault}");
        return null;
    }
}

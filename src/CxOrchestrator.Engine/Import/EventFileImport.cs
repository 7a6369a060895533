using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Engine.Import;

/// <summary>
/// Imports events from a file, row by row, in batches that are committed one by one: cut off anywhere, it can be run again and stores what is missing.
/// </summary>
public sealed class EventFileImport(IEventIntake intake, CoreSettings settings)
{
    private const int BatchSize = 500;

    private static readonly string[] Needed = ["id", "type", "subject", "time"];

    /// <summary>Imports the file. Every row is accounted for in the report.</summary>
    public async Task<ImportReport> RunAsync(EventImportOptions options, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var zone = options.Zone is null ? settings.Business.Zone : Zone(options.Zone, faults);
        if (!File.Exists(options.File))
            faults.Add($"there is no file {options.File}");
        var filter = RowFilter.Parse(options.Where, faults);
        var lookup = options.Lookup is { } spec ? await SubjectLookup.LoadAsync(spec, faults, cancellation) : null;
        if (!File.Exists(options.File))
            return new ImportReport { Faults = faults };

        var stream = File.OpenRead(options.File);
        await using (stream)
        {
            var tally = new ImportTally(options.OnRefused, options.Progress, stream);
            return IsNdjson(options.File)
                ? await NdjsonAsync(stream, options, zone, tally, faults, cancellation)
                : await CsvAsync(stream, options, zone, filter, lookup, tally, faults, cancellation);
        }
    }

    private async Task<ImportReport> CsvAsync(
        FileStream stream, EventImportOptions options, TimeZoneInfo zone, RowFilter filter, SubjectLookup? lookup,
        ImportTally tally, List<string> faults, CancellationToken cancellation)
    {
        var (table, broken) = await CsvTable.OpenAsync(stream, options.File, cancellation);
        if (table is null)
            return new ImportReport { Faults = [.. faults, broken] };
        using (table)
        {
            var mapping = ColumnMapping.Parse(options.Mappings, table.Header, EventRows.IsField, EventRows.Fields, faults);
            foreach (var field in Needed.Except(mapping.Fields))
                faults.Add($"the field '{field}' is not mapped: add {field}=COLUMN");
            if (faults.Count > 0)
                return new ImportReport { Faults = faults };

            var rows = new EventRows(options.Source, mapping, lookup, zone);
            var batch = new List<(long Line, IncomingEvent Event)>(BatchSize);
            while (await table.NextAsync(cancellation) is { } row)
            {
                tally.Row();
                if (row.Fault is not null)
                    tally.Refuse(row.Line, row.Fault);
                else if (!filter.Takes(row, out var error))
                    tally.LeaveOut(row.Line, error);
                else if (rows.Read(row, out var fault) is { } incoming)
                    await AddAsync(batch, (row.Line, incoming), tally, cancellation);
                else
                    tally.Refuse(row.Line, fault);
            }

            await StoreAsync(batch, tally, cancellation);
            return tally.Report();
        }
    }

    private async Task<ImportReport> NdjsonAsync(
        FileStream stream, EventImportOptions options, TimeZoneInfo zone, ImportTally tally, List<string> faults, CancellationToken cancellation)
    {
        if (options.Mappings.Count > 0 || options.Lookup is not null || options.Where is not null)
            faults.Add("mappings, a lookup and a filter are for CSV; a line of NDJSON says itself what it is");
        if (faults.Count > 0)
            return new ImportReport { Faults = faults };
        using var lines = new LineReader(stream);
        var batch = new List<(long Line, IncomingEvent Event)>(BatchSize);
        while (await lines.NextAsync(cancellation) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line.Text))
                continue;
            tally.Row();
            if (line.TooLong)
                tally.Refuse(line.Number, $"the line is longer than {LineReader.LongestLine} characters");
            else if (EventRows.Read(line.Text, options.Source, zone, out var fault) is { } incoming)
                await AddAsync(batch, (line.Number, incoming), tally, cancellation);
            else
                tally.Refuse(line.Number, fault);
        }

        await StoreAsync(batch, tally, cancellation);
        return tally.Report();
    }

    private async Task AddAsync(
        List<(long Line, IncomingEvent Event)> batch, (long Line, IncomingEvent Event) row, ImportTally tally, CancellationToken cancellation)
    {
        batch.Add(row);
        if (batch.Count >= BatchSize)
            await StoreAsync(batch, tally, cancellation);
    }

    private async Task StoreAsync(List<(long Line, IncomingEvent Event)> batch, ImportTally tally, CancellationToken cancellation)
    {
        var results = batch.Count == 0 ? [] : await intake.AcceptAsync([.. batch.Select(row => row.Event)], allOrNone: false, cancellation);
        foreach (var (row, result) in batch.Zip(results))
        {
            if (result.Outcome == IntakeOutcome.Stored)
                tally.Added++;
            else if (result.Outcome == IntakeOutcome.Duplicate)
                tally.Duplicates++;
            else
                tally.Refuse(row.Line, result.Reason);
        }

        batch.Clear();
        tally.Tell();
    }

    private static TimeZoneInfo Zone(string id, List<string> faults)
    {
        var match = Zones.Find(id);
        if (!match.Known)
            faults.Add($"'{id}' is no known time zone: an IANA name such as Asia/Bangkok is needed");
        return match.Zone;
    }

    private static bool IsNdjson(string file) => Path.GetExtension(file).ToLowerInvariant() is ".ndjson" or ".jsonl" or ".json";
}

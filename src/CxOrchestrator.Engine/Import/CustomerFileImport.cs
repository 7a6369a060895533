using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Crm;

namespace CxOrchestrator.Engine.Import;

/// <summary>
/// Imports customers from a CSV file, in batches that are committed one by one. Where a file names a customer in several rows, the first counts and the
/// others are duplicates: rows that contradict each other would otherwise change the customer to and fro with every run.
/// </summary>
public sealed class CustomerFileImport
{
    private const int BatchSize = 500;

    private readonly ICustomerStore _customers;
    private readonly WatchedFields _fields;
    private readonly CoreSettings _settings;
    private readonly Clocks _clocks;

    /// <summary>Imports into a store; what published journeys ask for of changes is told.</summary>
    public CustomerFileImport(ICustomerStore customers, IPublishedContent content, CoreSettings settings, Clocks clocks) =>
        (_customers, _fields, _settings, _clocks) = (customers, new WatchedFields(content), settings, clocks);

    /// <summary>Imports the file. Every row is accounted for in the report.</summary>
    public async Task<ImportReport> RunAsync(CustomerImportOptions options, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var filter = RowFilter.Parse(options.Where, faults);
        if (!File.Exists(options.File))
            return new ImportReport { Faults = [.. faults, $"there is no file {options.File}"] };
        var stream = File.OpenRead(options.File);
        await using (stream)
        {
            var (table, broken) = await CsvTable.OpenAsync(stream, options.File, cancellation);
            if (table is null)
                return new ImportReport { Faults = [.. faults, broken] };
            using (table)
            {
                var mapping = ColumnMapping.Parse(options.Mappings, table.Header, CustomerRows.IsField, CustomerRows.Fields, faults);
                if (!mapping.Fields.Any(CustomerRows.IsId))
                    faults.Add("no id is mapped: add id.SOURCE=COLUMN, where SOURCE is what events name as their source");
                var tally = new ImportTally(options.OnRefused, options.Progress, stream);
                return faults.Count > 0
                    ? new ImportReport { Faults = faults }
                    : await ReadAsync(table, new CustomerRows(mapping, _settings), filter, tally, cancellation);
            }
        }
    }

    private async Task<ImportReport> ReadAsync(CsvTable table, CustomerRows rows, RowFilter filter, ImportTally tally, CancellationToken cancellation)
    {
        var named = new HashSet<ExternalId>();
        var batch = new List<CustomerDraft>(BatchSize);
        while (await table.NextAsync(cancellation) is { } row)
        {
            tally.Row();
            if (row.Fault is not null)
                tally.Refuse(row.Line, row.Fault);
            else if (!filter.Takes(row, out var error))
                tally.LeaveOut(row.Line, error);
            else if (rows.Read(row, out var fault, out var fellBack) is not { } draft)
                tally.Refuse(row.Line, fault);
            else if (draft.ExternalIds.Any(named.Contains))
                tally.Duplicates++;
            else
            {
                named.UnionWith(draft.ExternalIds);
                tally.FellBack += fellBack ? 1 : 0;
                batch.Add(draft);
            }

            if (batch.Count >= BatchSize)
                await StoreAsync(batch, tally, cancellation);
        }

        await StoreAsync(batch, tally, cancellation);
        return tally.Report();
    }

    private async Task StoreAsync(List<CustomerDraft> batch, ImportTally tally, CancellationToken cancellation)
    {
        if (batch.Count > 0)
        {
            var watched = await _fields.AllAsync(cancellation);
            var told = batch.ConvertAll(draft => draft with { Watched = watched });
            foreach (var upsert in await _customers.UpsertAsync(told, _clocks.Now, cancellation))
            {
                tally.Added += upsert.Outcome == UpsertOutcome.Added ? 1 : 0;
                tally.Changed += upsert.Outcome == UpsertOutcome.Changed ? 1 : 0;
                tally.Unchanged += upsert.Outcome == UpsertOutcome.Unchanged ? 1 : 0;
            }
        }

        batch.Clear();
        tally.Tell();
    }
}

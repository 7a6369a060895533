using System.Text.Json;
using CxOrchestrator.Plugins.CrmDataverse.Consent;
using CxOrchestrator.Plugins.CrmDataverse.People;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Plugins.CrmDataverse.Wire.Batch;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Writing;

/// <summary>
/// Writes people's fields: reads the rows, sees what is newer there, and updates each on the condition that it is still what was read. A row that is missing
/// is never made: someone has deleted it.
/// </summary>
internal sealed class PersonWriter(DataverseWire wire, TableCatalogue catalogue, Batches batches, AddressConsentWriter consents, DataverseSettings settings)
{
    private const int IdsInAddress = 50;

    /// <summary>Writes the changes and sets their results.</summary>
    public async Task WriteAsync(IReadOnlyList<PlacedChange> changes, WriteResult?[] results, CancellationToken cancellation)
    {
        foreach (var ofTable in changes.GroupBy(placed => placed.Person.Table))
        {
            var table = await catalogue.GetAsync(ofTable.Key, cancellation);
            if (!table.Columns.ContainsKey(settings.StampColumn))
                throw new ServiceException($"the table {table.Name} has no column {settings.StampColumn}: see what setup says");
            var map = table.Name == PersonRef.Account ? ColumnMap.Accounts(settings) : ColumnMap.Contacts(settings);
            await Task.WhenAll(ofTable.GroupBy(placed => placed.Person.Id).Chunk(IdsInAddress)
                .Select(some => WriteSomeAsync(table, map, some, results, cancellation)));
        }
    }

    private async Task WriteSomeAsync(
        Table table, ColumnMap map, IGrouping<Guid, PlacedChange>[] people, WriteResult?[] results, CancellationToken cancellation)
    {
        var rows = await ReadAsync(table, map, [.. people.Select(person => person.Key)], cancellation);
        var patches = new List<(IGrouping<Guid, PlacedChange> Person, PersonPatch Patch, string Tag)>();
        foreach (var person in people)
        {
            if (!rows.TryGetValue(person.Key, out var row))
            {
                foreach (var placed in person)
                    results[placed.Place] = WriteResult.Refused("gone", $"no {table.Name} has this id: it was deleted, or is another organisation's");
                continue;
            }

            var patch = new PersonPatch(table, map, settings, row);
            foreach (var placed in person)
                results[placed.Place] = patch.Take(placed.Change);
            patches.Add((person, patch, Values.TextOf(row, "@odata.etag") ?? "*"));
        }

        var failed = await consents.WriteAsync([.. patches.SelectMany(one => one.Patch.Consents)], cancellation);
        foreach (var placed in patches.SelectMany(one => one.Person).Where(placed => failed.ContainsKey(placed.Change.Key)))
            results[placed.Place] = failed[placed.Change.Key];
        await UpdateAsync(table, [.. patches.Where(one => !Waits(one.Person, results, failed))], results, cancellation);
    }

    // What is stamped as done must be done: a person with a consent that did not come through waits as a whole.
    private static bool Waits(IEnumerable<PlacedChange> person, WriteResult?[] results, Dictionary<string, WriteResult> failed)
    {
        if (!person.Any(placed => failed.ContainsKey(placed.Change.Key)))
            return false;
        foreach (var placed in person)
            results[placed.Place] ??= WriteResult.Retry("another change of the same person could not be written yet");
        return true;
    }

    private async Task UpdateAsync(
        Table table, List<(IGrouping<Guid, PlacedChange> Person, PersonPatch Patch, string Tag)> patches, WriteResult?[] results,
        CancellationToken cancellation)
    {
        foreach (var (person, patch, _) in patches.Where(one => one.Patch.Columns.Count == 0))
            Set(person, WriteResult.Written(person.First().Person.ToString()));
        var changed = patches.Where(one => one.Patch.Columns.Count > 0).ToList();
        if (changed.Count == 0)
            return;
        var answers = await batches.SendAsync(
            [.. changed.Select(one => new[] { BatchOperation.Update(table.Row(one.Person.Key), one.Patch.Columns, one.Tag) })], cancellation);
        foreach (var (one, answer) in changed.Zip(answers))
            Set(one.Person, Outcome.Of(answer, one.Person.First().Person.ToString()));

        void Set(IEnumerable<PlacedChange> person, WriteResult result)
        {
            foreach (var placed in person)
                results[placed.Place] ??= result;
        }
    }

    private async Task<Dictionary<Guid, JsonElement>> ReadAsync(Table table, ColumnMap map, Guid[] ids, CancellationToken cancellation)
    {
        string?[] wanted = [table.Key, settings.StampColumn, settings.ScoreColumn, map.Writable("email"), map.Writable("phone")];
        var select = string.Join(',', wanted.Where(column => column is not null && table.Columns.ContainsKey(column)).Distinct());
        var reply = await wire.ReadAsync(ServiceRequest.Get($"{table.Set}?$select={select}&$filter={ODataText.AnyOf(table.Key, ids)}"), cancellation);
        return reply.Json().GetProperty("value").EnumerateArray().ToDictionary(row => Values.IdOf(row, table.Key)!.Value);
    }
}

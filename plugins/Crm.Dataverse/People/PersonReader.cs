using CxOrchestrator.Plugins.CrmDataverse.Feeds;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.CrmDataverse.People;

/// <summary>Reads contacts, and accounts where the settings say so.</summary>
internal sealed class PersonReader(DataverseWire wire, TableCatalogue catalogue, ChangeFeed feed, DataverseSettings settings)
{
    /// <summary>One person, or null.</summary>
    public async Task<CrmPerson?> FindAsync(string id, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (PersonRef.Read(id) is not { } person)
            return null;
        var (table, columns) = await ColumnsAsync(person.Table, cancellation);
        var reply = await wire.ReadAsync(Prefer.Rows($"{table.Row(person.Id)}?$select={columns.Select}"), cancellation, also: 404);
        return reply.Status == 404 ? null : columns.Read(reply.Json());
    }

    /// <summary>People who have changed, by the tables' change tracking.</summary>
    public async Task<Page<CrmPerson>> ChangedSinceAsync(string? cursor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var tables = new List<TrackedTable<CrmPerson>>();
        foreach (var name in settings.ReadAccounts ? [PersonRef.Contact, PersonRef.Account] : new[] { PersonRef.Contact })
        {
            var (table, columns) = await ColumnsAsync(name, cancellation);
            tables.Add(new TrackedTable<CrmPerson>(
                table, columns.Select, columns.Read, id => new CrmPerson { Id = new PersonRef(name, id).ToString(), Gone = true }));
        }

        return await feed.NextAsync(tables, cursor, cancellation);
    }

    /// <summary>A table of people, with what is read of it.</summary>
    public async Task<(Table Table, PersonColumns Columns)> ColumnsAsync(string name, CancellationToken cancellation)
    {
        var table = await catalogue.GetAsync(name, cancellation);
        var map = name == PersonRef.Account ? ColumnMap.Accounts(settings) : ColumnMap.Contacts(settings);
        return (table, new PersonColumns(table, map, settings));
    }
}

using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Plugins.CrmDataverse.Writing;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Setup;

/// <summary>Tables, columns and change tracking.</summary>
internal sealed class TableSetup(DataverseWire wire, TableCatalogue catalogue, SetupPlan plan, DataverseSettings settings)
{
    /// <summary>What is there and what is not.</summary>
    public async Task<IReadOnlyList<SetupItem>> InspectAsync(CancellationToken cancellation)
    {
        catalogue.Forget();
        var items = new List<SetupItem>();
        var tables = new Dictionary<string, Table?>();
        foreach (var name in plan.Tracked.Append(plan.ActivityTable))
        {
            tables[name] = await catalogue.FindAsync(name, cancellation);
            items.Add(OfTable(name, tables[name]));
        }

        items.AddRange(plan.Columns.Select(column => OfColumn(column, tables[column.Table])));
        items.AddRange(plan.Tracked.Select(name => OfTracking(name, tables[name])));
        return items;
    }

    /// <summary>Makes one of them; null where the id is none of these.</summary>
    public async Task<WriteResult?> CreateAsync(string itemId, CancellationToken cancellation)
    {
        if (itemId == $"table:{plan.ActivityTable}")
            return await MakeAsync(itemId, "EntityDefinitions", Definitions.Activity(plan.ActivityTable, settings.LabelLanguage), cancellation);
        if (plan.Columns.FirstOrDefault(column => column.Id == itemId) is { IsCustom: true } column)
        {
            return await MakeAsync(
                itemId, $"EntityDefinitions(LogicalName='{column.Table}')/Attributes", Definitions.Of(column, settings.LabelLanguage), cancellation);
        }

        return plan.Tracked.FirstOrDefault(name => itemId == $"tracking:{name}") is { } tracked ? await TrackAsync(tracked, cancellation) : null;
    }

    private SetupItem OfTable(string name, Table? table)
    {
        var own = name == plan.ActivityTable;
        var todo = own
            ? "Let setup make it, or make an activity table of this name: answers and cases wait until it is there."
            : "This table comes with Dynamics 365 (incident with Customer Service): without it, this part of the connection can't be used.";
        return new SetupItem(
            $"table:{name}", $"Table {name}", table is null ? SetupState.Missing : SetupState.Present, table is null ? todo : "", CanCreate: own && table is null,
            Optional: name == Incidents.Cases.Name);
    }

    private static SetupItem OfColumn(NeededColumn column, Table? table)
    {
        var there = table?.Columns.GetValueOrDefault(column.Name);
        var wrong = there is { Length: > 0 } && there != column.Type;
        var todo = there is null
            ? column.IsCustom ? $"Let setup make it: {column.Type}{(column.Length > 0 ? $", {column.Length} characters" : "")}." : "Name another column in the settings."
            : wrong ? $"It is of type {there} and should be {column.Type}: name another column in the settings." : "";
        if (todo.Length > 0 && column.Without.Length > 0)
            todo += $" Without it, {column.Without}.";
        return new SetupItem(
            column.Id, $"Column {column.Name} of {column.Table}", there is null || wrong ? SetupState.Missing : SetupState.Present, todo,
            CanCreate: there is null && column.IsCustom, Optional: column.Without.Length > 0);
    }

    private static SetupItem OfTracking(string name, Table? table) => table is { Tracked: true }
        ? new SetupItem($"tracking:{name}", $"Change tracking of {name}", SetupState.Present)
        : new SetupItem(
            $"tracking:{name}", $"Change tracking of {name}", SetupState.Missing,
            table is null ? "The table is missing." : "Let setup switch it on, or set 'Track changes' of the table: it can't be switched off again.",
            CanCreate: table is not null, Optional: name == Incidents.Cases.Name);

    private async Task<WriteResult> MakeAsync(string itemId, string path, JsonObject definition, CancellationToken cancellation)
    {
        if ((await InspectAsync(cancellation)).Any(item => item.Id == itemId && item.State == SetupState.Present))
            return WriteResult.Written(itemId);
        var result = Outcome.Of(await wire.SendAsync(Into(ServiceRequest.Json(HttpMethod.Post, path, definition)), cancellation), itemId);
        return result is Written ? await PublishAsync(itemId, cancellation) : result;
    }

    // A definition can only be replaced as a whole: it is read, changed in one place, and put back, with the labels of all languages.
    private async Task<WriteResult> TrackAsync(string name, CancellationToken cancellation)
    {
        var path = $"EntityDefinitions(LogicalName='{name}')";
        var reply = await wire.ReadAsync(ServiceRequest.Get(path), cancellation, also: 404);
        if (reply.Status == 404)
            return WriteResult.Refused("missing", $"the table {name} is missing");
        var definition = JsonNode.Parse(reply.Text())!.AsObject();
        if (definition["ChangeTrackingEnabled"]?.GetValue<bool>() == true)
            return WriteResult.Written($"tracking:{name}");
        definition["ChangeTrackingEnabled"] = true;
        var put = Into(ServiceRequest.Json(HttpMethod.Put, path, definition).With("MSCRM.MergeLabels", "true"));
        var result = Outcome.Of(await wire.SendAsync(put, cancellation), $"tracking:{name}");
        return result is Written ? await PublishAsync($"tracking:{name}", cancellation) : result;
    }

    private async Task<WriteResult> PublishAsync(string itemId, CancellationToken cancellation)
    {
        catalogue.Forget();
        var table = itemId.Split(':', 2)[1].Split('.')[0];
        var xml = $"<importexportxml><entities><entity>{table}</entity></entities></importexportxml>";
        return Outcome.Of(
            await wire.SendAsync(ServiceRequest.Json(HttpMethod.Post, "PublishXml", new JsonObject { ["ParameterXml"] = xml }), cancellation), itemId);
    }

    private ServiceRequest Into(ServiceRequest request) =>
        string.IsNullOrEmpty(settings.Solution) ? request : request.With("MSCRM.SolutionUniqueName", settings.Solution);
}

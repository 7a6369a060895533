using System.Text.Json.Nodes;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;

/// <summary>Answers questions about definitions, and takes new ones.</summary>
internal sealed class OrganisationMetadata(DataverseOrganisation organisation)
{
    public OrganisationAnswer Ask(string name, string part, OrganisationCall call)
    {
        if (!organisation.Tables.TryGetValue(name, out var table))
            return OrganisationAnswer.Error(404, "0x80060888", $"Could not find an entity with name {name}");
        return (call.Method, part) switch
        {
            ("GET", "") => OrganisationAnswer.Json(Definition(table)),
            ("GET", "/ManyToOneRelationships") => OrganisationAnswer.Json(new JsonObject
            {
                ["value"] = new JsonArray([.. table.Lookups.Select(lookup => (JsonNode)new JsonObject
                {
                    ["ReferencingAttribute"] = lookup.Value.Column,
                    ["ReferencedEntity"] = lookup.Value.Target,
                    ["ReferencingEntityNavigationPropertyName"] = lookup.Key,
                })]),
            }),
            ("POST", "/Attributes") => Column(table, call.Json()),
            ("PUT", "") => Replace(table, call),
            _ => OrganisationAnswer.Error(405, "", "Not here."),
        };
    }

    public OrganisationAnswer MakeTable(JsonObject definition)
    {
        var name = definition["SchemaName"]!.GetValue<string>().ToLowerInvariant();
        if (definition["IsActivity"]?.GetValue<bool>() != true || definition["Attributes"]?[0]?["SchemaName"]?.GetValue<string>() != "Subject")
            return OrganisationAnswer.Error(400, "0x80044301", "An activity's primary attribute is Subject.");
        var table = new OrganisationTable(name, name + "s", "activityid");
        foreach (var (column, type) in organisation.Tables["email"].Columns.Where(pair => pair.Key is not ("directioncode" or "senton")))
            table.Columns[column] = type;
        foreach (var target in new[] { "contact", "account", "incident" })
            table.Lookups[$"regardingobjectid_{target}_{name}"] = ("regardingobjectid", target);
        organisation.Tables[name] = table;
        return OrganisationAnswer.Empty();
    }

    private static JsonObject Definition(OrganisationTable table) => new()
    {
        ["LogicalName"] = table.Name,
        ["EntitySetName"] = table.Set,
        ["PrimaryIdAttribute"] = table.Key,
        ["ChangeTrackingEnabled"] = table.Tracked,
        ["MetadataId"] = table.MetadataId.ToString("D"),
        ["DisplayName"] = new JsonObject { ["LocalizedLabels"] = new JsonArray() },
        ["Attributes"] = new JsonArray([.. table.Columns.Where(pair => !pair.Key.StartsWith('_')).Select(pair => (JsonNode)new JsonObject
        {
            ["LogicalName"] = pair.Key,
            ["AttributeType"] = pair.Value,
        })]),
    };

    private static OrganisationAnswer Column(OrganisationTable table, JsonObject definition)
    {
        var name = definition["SchemaName"]!.GetValue<string>().ToLowerInvariant();
        var type = definition["AttributeType"]!.GetValue<string>();
        if (definition["@odata.type"]!.GetValue<string>() != $"Microsoft.Dynamics.CRM.{type}AttributeMetadata" || definition["DisplayName"]?["LocalizedLabels"]?[0] is null)
            return OrganisationAnswer.Error(400, "0x80044301", "The definition is not whole.");
        return table.Columns.TryAdd(name, type) ? OrganisationAnswer.Empty() : OrganisationAnswer.Error(400, "0x80047013", "An attribute with this name exists.");
    }

    // What is not given back is lost, as it is with the real one.
    private static OrganisationAnswer Replace(OrganisationTable table, OrganisationCall call)
    {
        var definition = call.Json();
        if (call.Header("MSCRM.MergeLabels") != "true" || definition["DisplayName"] is null || definition["LogicalName"]?.GetValue<string>() != table.Name)
            return OrganisationAnswer.Error(400, "0x80044301", "The definition is not whole.");
        table.Tracked |= definition["ChangeTrackingEnabled"]!.GetValue<bool>();
        return OrganisationAnswer.Empty();
    }
}

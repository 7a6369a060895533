using System.Text.Json.Nodes;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>What Dataverse posts: a RemoteExecutionContext, whose collections are arrays of key and value.</summary>
internal static class HookBodies
{
    public static JsonObject Update(string table, Guid row, Guid operation, Guid? by = null, params (string Column, JsonNode? Value)[] changed) => new()
    {
        ["BusinessUnitId"] = "8b0e2a2c-6b0f-4d3c-9d1f-000000000001",
        ["CorrelationId"] = "8b0e2a2c-6b0f-4d3c-9d1f-000000000002",
        ["Depth"] = 1,
        ["InitiatingUserId"] = (by ?? new Guid("8b0e2a2c-6b0f-4d3c-9d1f-000000000003")).ToString("D"),
        ["InputParameters"] = new JsonArray(new JsonObject
        {
            ["key"] = "Target",
            ["value"] = new JsonObject
            {
                ["__type"] = "Entity:http://schemas.microsoft.com/xrm/2011/Contracts",
                ["Attributes"] = new JsonArray([.. changed.Select(pair => (JsonNode)new JsonObject { ["key"] = pair.Column, ["value"] = pair.Value })]),
                ["Id"] = row.ToString("D"),
                ["LogicalName"] = table,
            },
        }),
        ["MessageName"] = "Update",
        ["Mode"] = 1,
        ["OperationCreatedOn"] = "/Date(1506384247000-0700)/",
        ["OperationId"] = operation.ToString("D"),
        ["PostEntityImages"] = new JsonArray(),
        ["PrimaryEntityId"] = row.ToString("D"),
        ["PrimaryEntityName"] = table,
        ["Stage"] = 40,
    };

    public static JsonObject Option(int value) => new() { ["__type"] = "OptionSetValue:http://schemas.microsoft.com/xrm/2011/Contracts", ["Value"] = value };

    public static JsonObject Lookup(string table, Guid id) => new()
    {
        ["__type"] = "EntityReference:http://schemas.microsoft.com/xrm/2011/Contracts", ["Id"] = id.ToString("D"), ["LogicalName"] = table,
    };
}

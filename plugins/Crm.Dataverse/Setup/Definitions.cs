using System.Text.Json.Nodes;

namespace CxOrchestrator.Plugins.CrmDataverse.Setup;

/// <summary>Definitions of tables and columns as the Web API takes them.</summary>
internal static class Definitions
{
    private const string Space = "Microsoft.Dynamics.CRM.";

    /// <summary>A column.</summary>
    public static JsonObject Of(NeededColumn column, int language)
    {
        var definition = Common(column.Name, column.Label, column.Type, language);
        switch (column.Type)
        {
            case "String":
                definition["MaxLength"] = column.Length;
                definition["FormatName"] = new JsonObject { ["Value"] = "Text" };
                break;
            case "Memo":
                definition["MaxLength"] = column.Length;
                definition["Format"] = "TextArea";
                break;
            case "Integer":
                definition["MinValue"] = -1_000_000;
                definition["MaxValue"] = 1_000_000;
                definition["Format"] = "None";
                break;
            case "DateTime":
                definition["Format"] = "DateAndTime";
                break;
            case "Boolean":
                definition["DefaultValue"] = false;
                definition["OptionSet"] = new JsonObject
                {
                    ["@odata.type"] = Space + "BooleanOptionSetMetadata",
                    ["OptionSetType"] = "Boolean",
                    // As the organisation's own columns of this kind put it.
                    ["TrueOption"] = new JsonObject { ["Value"] = 1, ["Label"] = Label("Do Not Allow", language) },
                    ["FalseOption"] = new JsonObject { ["Value"] = 0, ["Label"] = Label("Allow", language) },
                };
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(column));
        }

        return definition;
    }

    /// <summary>The custom activity table. Its schema name is its logical name, so that its lookups' names hold no surprise.</summary>
    public static JsonObject Activity(string name, int language)
    {
        var subject = Common("Subject", "Subject", "String", language);
        subject["IsPrimaryName"] = true;
        subject["MaxLength"] = 200;
        subject["FormatName"] = new JsonObject { ["Value"] = "Text" };
        return new JsonObject
        {
            ["@odata.type"] = Space + "EntityMetadata",
            ["SchemaName"] = name,
            ["DisplayName"] = Label("Touchpoint", language),
            ["DisplayCollectionName"] = Label("Touchpoints", language),
            ["Description"] = Label("What a customer was sent and answered", language),
            ["OwnershipType"] = "UserOwned",
            // An activity has these fixed, and shows on timelines.
            ["IsActivity"] = true,
            ["HasActivities"] = false,
            ["HasNotes"] = true,
            ["IsAvailableOffline"] = true,
            ["ActivityTypeMask"] = 1,
            ["Attributes"] = new JsonArray(subject),
        };
    }

    private static JsonObject Common(string name, string label, string type, int language) => new()
    {
        ["@odata.type"] = $"{Space}{type}AttributeMetadata",
        ["AttributeType"] = type,
        ["AttributeTypeName"] = new JsonObject { ["Value"] = type + "Type" },
        ["SchemaName"] = name,
        ["DisplayName"] = Label(label, language),
        ["RequiredLevel"] = new JsonObject { ["Value"] = "None", ["CanBeChanged"] = true, ["ManagedPropertyLogicalName"] = "canmodifyrequirementlevelsettings" },
    };

    private static JsonObject Label(string text, int language) => new()
    {
        ["@odata.type"] = Space + "Label",
        ["LocalizedLabels"] = new JsonArray(new JsonObject
        {
            ["@odata.type"] = Space + "LocalizedLabel",
            ["Label"] = text,
            ["LanguageCode"] = language,
        }),
    };
}

using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;

/// <summary>A table of the stand-in: its definition, as the CSDL has it, and its rows.</summary>
internal sealed class OrganisationTable(string name, string set, string key)
{
    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";
    private static readonly HashSet<string> Memos = ["cxo_stamps", "cxo_comment", "cxo_details", "description", "notetext", "new_comment"];

    public string Name { get; } = name;

    public string Set { get; } = set;

    public string Key { get; } = key;

    public Guid MetadataId { get; } = CxOrchestrator.Plugins.CrmDataverse.Tables.RowIds.Of("definition", name);

    public bool Tracked { get; set; } = name is "contact" or "account" or "incident";

    /// <summary>Types as EntityDefinitions has them, by column.</summary>
    public Dictionary<string, string> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>Lookups by the name that binds them.</summary>
    public Dictionary<string, (string Column, string Target)> Lookups { get; } = new(StringComparer.Ordinal);

    public Dictionary<Guid, OrganisationRow> Rows { get; } = [];

    public List<(Guid Id, long Version)> Deleted { get; } = [];

    public bool IsActivity => Key == "activityid";

    public static Dictionary<string, OrganisationTable> Load()
    {
        using var file = typeof(OrganisationTable).Assembly.GetManifestResourceStream("organisation.csdl.xml")!;
        var schema = XDocument.Load(file).Descendants(Edm + "Schema").Single();
        var sets = schema.Descendants(Edm + "EntitySet").ToDictionary(
            one => ((string)one.Attribute("EntityType")!).Split('.')[1], one => (string)one.Attribute("Name")!);
        var tables = new Dictionary<string, OrganisationTable>(StringComparer.Ordinal);
        foreach (var type in schema.Elements(Edm + "EntityType").Where(type => sets.ContainsKey((string)type.Attribute("Name")!)))
        {
            var name = (string)type.Attribute("Name")!;
            var table = new OrganisationTable(name, sets[name], (string)type.Descendants(Edm + "PropertyRef").First().Attribute("Name")!);
            foreach (var property in type.Elements(Edm + "Property"))
                table.Columns[(string)property.Attribute("Name")!] = TypeOf((string)property.Attribute("Name")!, (string)property.Attribute("Type")!);
            foreach (var lookup in type.Elements(Edm + "NavigationProperty").Where(one => one.HasElements))
            {
                var column = ((string)lookup.Element(Edm + "ReferentialConstraint")!.Attribute("Property")!)[1..^"_value".Length];
                table.Lookups[(string)lookup.Attribute("Name")!] = (column, ((string)lookup.Attribute("Type")!).Split('.')[1]);
            }

            tables[name] = table;
        }

        return tables;
    }

    private static string TypeOf(string column, string edm) => edm switch
    {
        "Edm.Int32" => "Integer",
        "Edm.Boolean" => "Boolean",
        "Edm.DateTimeOffset" or "Edm.Date" => "DateTime",
        "Edm.Guid" => "Uniqueidentifier",
        "Edm.Double" => "Double",
        _ => Memos.Contains(column) ? "Memo" : "String",
    };
}

/// <summary>A row: its values, the version of its last change, and how often it was made and changed.</summary>
internal sealed class OrganisationRow(Guid id)
{
    public Guid Id { get; } = id;

    public JsonObject Values { get; set; } = [];

    public long Version { get; set; }

    /// <summary>What the stamp column held after each change that was kept.</summary>
    public List<string> Stamps { get; } = [];

    public string Tag => $"W/\"{Version}\"";

    public string? Text(string column) => Values[column]?.ToString();
}

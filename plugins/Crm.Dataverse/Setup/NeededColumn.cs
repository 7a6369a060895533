namespace CxOrchestrator.Plugins.CrmDataverse.Setup;

/// <summary>A column that we write to.</summary>
/// <param name="Table">Logical name of its table.</param>
/// <param name="Name">Logical name.</param>
/// <param name="Type">As Dataverse calls it: <c>String</c>, <c>Memo</c>, <c>Integer</c>, <c>DateTime</c>, <c>Boolean</c>.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Length">Characters, for texts.</param>
/// <param name="Without">What does not work without it; empty where nothing does.</param>
internal sealed record NeededColumn(string Table, string Name, string Type, string Label, int Length, string Without)
{
    /// <summary>Its item's id.</summary>
    public string Id => $"column:{Table}.{Name}";

    /// <summary>True for a column of our own; others are the organisation's, and only an admin knows what they should have been.</summary>
    public bool IsCustom => Name.Contains('_', StringComparison.Ordinal);
}

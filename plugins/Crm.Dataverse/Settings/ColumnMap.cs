namespace CxOrchestrator.Plugins.CrmDataverse.Settings;

/// <summary>Which column of a table a person's field stands in.</summary>
internal sealed class ColumnMap
{
    /// <summary>After a column: its label is read, not its number.</summary>
    public const string LabelMark = "@label";

    private static readonly Dictionary<string, string> OfContacts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["name"] = "fullname", ["givenName"] = "firstname", ["familyName"] = "lastname", ["email"] = "emailaddress1", ["phone"] = "mobilephone",
    };

    private static readonly Dictionary<string, string> OfAccounts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["name"] = "name", ["email"] = "emailaddress1", ["phone"] = "telephone1",
    };

    private readonly Dictionary<string, string> _columns;
    private readonly HashSet<string> _leftOut = new(StringComparer.OrdinalIgnoreCase);

    private ColumnMap(Dictionary<string, string> defaults, Dictionary<string, string>? own)
    {
        _columns = new(defaults, StringComparer.OrdinalIgnoreCase);
        foreach (var (field, column) in own ?? [])
        {
            if (column == "-")
            {
                _columns.Remove(field);
                _leftOut.Add(field);
            }
            else
            {
                _columns[field] = column;
            }
        }
    }

    /// <summary>The contacts' map.</summary>
    public static ColumnMap Contacts(DataverseSettings settings) => new(OfContacts, settings.ContactColumns);

    /// <summary>The accounts' map.</summary>
    public static ColumnMap Accounts(DataverseSettings settings) => new(OfAccounts, settings.AccountColumns);

    /// <summary>Fields and their columns, without the label's mark.</summary>
    public IEnumerable<(string Field, string Column, bool Label)> All =>
        _columns.Select(pair => pair.Value.EndsWith(LabelMark, StringComparison.Ordinal)
            ? (pair.Key, pair.Value[..^LabelMark.Length], true)
            : (pair.Key, pair.Value, false));

    /// <summary>True where an admin has said that this field has no place in the CRM.</summary>
    public bool IsLeftOut(string field) => _leftOut.Contains(field);

    /// <summary>The column that a field is written to; null where it has none, or one that can't be written.</summary>
    public string? Writable(string field) =>
        _columns.TryGetValue(field, out var column) && column != "fullname" && !column.EndsWith(LabelMark, StringComparison.Ordinal) ? column : null;
}

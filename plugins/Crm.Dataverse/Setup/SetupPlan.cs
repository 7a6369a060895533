using CxOrchestrator.Plugins.CrmDataverse.Incidents;
using CxOrchestrator.Plugins.CrmDataverse.People;
using CxOrchestrator.Plugins.CrmDataverse.Settings;

namespace CxOrchestrator.Plugins.CrmDataverse.Setup;

/// <summary>What a connection with these settings needs in its organisation.</summary>
internal sealed class SetupPlan(DataverseSettings settings)
{
    /// <summary>The custom activity table.</summary>
    public string ActivityTable => settings.ActivityTable;

    /// <summary>The publisher's prefix of the custom table's columns.</summary>
    public string Prefix => settings.ActivityTable[..settings.ActivityTable.IndexOf('_', StringComparison.Ordinal)];

    /// <summary>Tables of people.</summary>
    public IReadOnlyList<string> People => settings.ReadAccounts ? [PersonRef.Contact, PersonRef.Account] : [PersonRef.Contact];

    /// <summary>Tables whose changes are followed, and which the webhook's steps belong to.</summary>
    public IReadOnlyList<string> Tracked => [.. People, Cases.Name];

    /// <summary>All columns that are written to.</summary>
    public IReadOnlyList<NeededColumn> Columns => [.. People.SelectMany(OfPeople), .. OfCases(), .. OfActivities()];

    /// <summary>Privileges of the application user's role, and whether they must reach the whole organisation.</summary>
    public IReadOnlyList<(string Name, bool Everywhere)> Privileges =>
    [
        .. People.SelectMany(table => new[] { ($"prvRead{Title(table)}", true), ($"prvWrite{Title(table)}", true), ($"prvAppendTo{Title(table)}", true) }),
        ("prvReadActivity", true), ("prvCreateActivity", false), ("prvWriteActivity", false), ("prvAppendActivity", false), ("prvAppendToActivity", false),
        ("prvReadIncident", true), ("prvCreateIncident", false), ("prvWriteIncident", true), ("prvAppendIncident", false), ("prvAppendToIncident", true),
        ("prvReadNote", false), ("prvCreateNote", false), ("prvAppendNote", false),
        ("prvReadQuery", true), ("prvReadUserQuery", false), ("prvReadUser", true), ("prvReadTeam", true), ("prvAssignIncident", false),
    ];

    private static string Title(string table) => char.ToUpperInvariant(table[0]) + table[1..];

    private IEnumerable<NeededColumn> OfPeople(string table)
    {
        yield return new(table, settings.StampColumn, "Memo", "CX: what was written last", 10_000, "");
        (string? Name, string Type, string Label, string Without)[] scores =
        [
            (settings.ScoreColumn, "Integer", "CX: last score", ""), (settings.ScoreAtColumn, "DateTime", "CX: last score at", ""),
            (settings.ScoreSurveyColumn, "String", "CX: last score's survey", ""), (settings.TrendColumn, "String", "CX: trend of the score", ""),
        ];
        foreach (var (name, type, label, without) in scores.Where(one => !string.IsNullOrEmpty(one.Name)))
            yield return new(table, name!, type, label, 100, without);
        foreach (var (key, column) in ConsentMap.Of(settings))
            yield return new(table, column, "Boolean", $"CX: do not allow {key.Replace('/', ' ')}", 0, $"consent for {key} is neither read nor written");
    }

    private IEnumerable<NeededColumn> OfCases()
    {
        if (!string.IsNullOrEmpty(settings.CaseTagColumn))
            yield return new(Cases.Name, settings.CaseTagColumn, "String", "CX: labels", 1000, "cases have no labels");
    }

    private IEnumerable<NeededColumn> OfActivities()
    {
        (string Name, string Type, string Label, int Length)[] columns =
        [
            ("kind", "String", "Kind", 100), ("key", "String", "Key", 200), ("score", "Integer", "Score", 0), ("survey", "String", "Survey", 100),
            ("comment", "Memo", "Comment", 10_000), ("channel", "String", "Channel", 100), ("journey", "String", "Journey", 200),
            ("touchpoint", "String", "Touchpoint", 200), ("details", "Memo", "Details (JSON)", 50_000),
        ];
        return columns.Select(one => new NeededColumn(
            ActivityTable, $"{Prefix}_{one.Name}", one.Type, one.Label, one.Length, $"the {one.Label.ToLowerInvariant()} stands in the description alone"));
    }
}

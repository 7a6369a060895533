using System.Text.Json;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.People;

/// <summary>Which columns are read of a person, and what a row says of them.</summary>
internal sealed class PersonColumns
{
    private static readonly HashSet<string> OwnProperties = new(["name", "givenName", "email", "phone", "locale", "timeZone"], StringComparer.OrdinalIgnoreCase);

    private readonly Table _table;
    private readonly List<(string Field, string Column, bool Label)> _fields;
    private readonly Dictionary<string, string> _consents;

    /// <summary>The columns of a table that is there.</summary>
    /// <exception cref="ServiceException">A column that the settings name is not.</exception>
    public PersonColumns(Table table, ColumnMap map, DataverseSettings settings)
    {
        _table = table;
        var missing = map.All.Where(one => !table.Columns.ContainsKey(one.Column)).Select(one => one.Column).Distinct().ToList();
        if (missing.Count > 0)
            throw new ServiceException($"the table {table.Name} has no column {string.Join(", ", missing)}: correct the columns in the settings, or make them");
        // What setup makes may not be there yet: reading does without it.
        (string Field, string? Column)[] scores =
            [("last_score", settings.ScoreColumn), ("last_score_at", settings.ScoreAtColumn), ("last_score_survey", settings.ScoreSurveyColumn), ("score_trend", settings.TrendColumn)];
        _fields =
        [
            .. map.All,
            .. scores.Where(one => !string.IsNullOrEmpty(one.Column) && table.Columns.ContainsKey(one.Column)).Select(one => (one.Field, one.Column!, false)),
        ];
        _consents = ConsentMap.Of(settings).Where(pair => table.Columns.ContainsKey(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
    }

    /// <summary>The columns' names, without the key.</summary>
    public IEnumerable<string> All => _fields.Select(one => one.Column).Concat(_consents.Values).Append("statecode").Distinct();

    /// <summary>The list for a query.</summary>
    public string Select => string.Join(',', All.Prepend(_table.Key));

    /// <summary>A row as a person.</summary>
    public CrmPerson Read(JsonElement row)
    {
        var found = _fields.ToDictionary(
            one => one.Field, one => one.Label ? Values.LabelOf(row, one.Column) : Values.Of(row, one.Column), StringComparer.OrdinalIgnoreCase);
        var fields = found.Where(pair => !OwnProperties.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        // The columns forbid, the fields allow.
        foreach (var (key, column) in _consents)
        {
            if (Values.Of(row, column) is bool forbidden)
                fields[$"consent_{key.Replace('/', '_')}"] = !forbidden;
        }

        fields["active"] = Values.Of(row, "statecode") is null or 0L;
        return new CrmPerson
        {
            Id = new PersonRef(_table.Name, Values.IdOf(row, _table.Key)!.Value).ToString(),
            Name = Text("name"),
            GivenName = Text("givenName"),
            Email = Text("email"),
            Phone = Text("phone"),
            Locale = Text("locale"),
            TimeZone = Text("timeZone"),
            Fields = fields,
        };

        string? Text(string field) => found.GetValueOrDefault(field) as string;
    }
}

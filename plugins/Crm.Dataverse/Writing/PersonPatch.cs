using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.CrmDataverse.Consent;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.CrmDataverse.Writing;

/// <summary>All changes of a batch to one person, in their order, as one update of the row.</summary>
internal sealed class PersonPatch(Table table, ColumnMap map, DataverseSettings settings, JsonElement row)
{
    // They say how a change came about, and have no column.
    private static readonly HashSet<string> Circumstances = new(["channel", "purpose", "state", "how"], StringComparer.Ordinal);
    private static readonly HashSet<string> OfScores = new(["last_score", "last_score_at", "last_score_survey"], StringComparer.Ordinal);

    private Stamps _stamps = Stamps.Read(Values.TextOf(row, settings.StampColumn));
    private object? _score = string.IsNullOrEmpty(settings.ScoreColumn) ? null : Values.Of(row, settings.ScoreColumn);

    /// <summary>The columns to write; empty where all of it stands already.</summary>
    public JsonObject Columns { get; private set; } = [];

    /// <summary>Consents that are to be written by address too.</summary>
    public List<AddressConsent> Consents { get; } = [];

    /// <summary>Takes one change; a result where it can't be written.</summary>
    public WriteResult? Take(CrmChange change)
    {
        var (columns, stamps, score, consents) = ((JsonObject)Columns.DeepClone(), Stamps.Read(_stamps.ToString()), _score, Consents.Count);
        if (Apply(change) is not { } refused)
            return null;
        // Of a change that can't be written, nothing is.
        (Columns, _stamps, _score) = (columns, stamps, score);
        Consents.RemoveRange(consents, Consents.Count - consents);
        return refused;
    }

    private WriteResult? Apply(CrmChange change)
    {
        var own = change.Kind switch
        {
            CrmChangeKind.Score => TakeScore(change),
            CrmChangeKind.Consent => TakeConsent(change),
            _ => null,
        };
        var fields = change.Values.Where(pair => change.Kind switch
        {
            CrmChangeKind.Score => !OfScores.Contains(pair.Key),
            CrmChangeKind.Consent => !Circumstances.Contains(pair.Key),
            _ => true,
        });
        var result = own ?? TakeFields(change, [.. fields]);
        if (Columns.Count > 0)
            Columns[settings.StampColumn] = _stamps.ToString();
        return result;
    }

    private WriteResult? TakeScore(CrmChange change)
    {
        if (change.Values.GetValueOrDefault("last_score") is not (int or long or double or decimal) || !_stamps.Take("score", change.At, change.Key))
            return null;
        var score = Convert.ToDouble(change.Values["last_score"], CultureInfo.InvariantCulture);
        var before = _score is null ? (double?)null : Convert.ToDouble(_score, CultureInfo.InvariantCulture);
        (string? Column, object? Value)[] values =
        [
            (settings.ScoreColumn, change.Values["last_score"]),
            (settings.ScoreAtColumn, change.Values.GetValueOrDefault("last_score_at") ?? change.At),
            (settings.ScoreSurveyColumn, change.Values.GetValueOrDefault("last_score_survey")),
            (settings.TrendColumn, before is null || score == before ? "same" : score > before ? "up" : "down"),
        ];
        _score = score;
        foreach (var (column, value) in values.Where(one => !string.IsNullOrEmpty(one.Column)))
        {
            if (Set(column!, value) is { } fault)
                return fault;
        }

        return null;
    }

    private WriteResult? TakeConsent(CrmChange change)
    {
        if (change.Values.GetValueOrDefault("state") is not { } state)
            return null;
        var key = $"{change.Values.GetValueOrDefault("channel")}/{change.Values.GetValueOrDefault("purpose")}";
        if (state is not ("given" or "withdrawn"))
            return WriteResult.Refused("unknown-consent", "a consent is given or withdrawn; nothing else is written");
        if (!_stamps.Take($"consent:{key}", change.At, change.Key))
            return null;
        var withdrawn = state is "withdrawn";
        var address = AddressOf(key);
        if (address is not null)
            Consents.Add(new AddressConsent(change.Key, address, key, withdrawn, change.Values.GetValueOrDefault("how") as string ?? ""));
        if (!ConsentMap.Of(settings).TryGetValue(key, out var column))
        {
            // Nowhere but by address, and perhaps not there: the stamp alone says that it came.
            Columns[settings.StampColumn] = _stamps.ToString();
            return null;
        }

        // The column forbids: true is what "withdrawn" means.
        return Set(column, withdrawn);
    }

    private string? AddressOf(string key)
    {
        var field = key.StartsWith("email/", StringComparison.Ordinal) ? "email" : key.StartsWith("sms/", StringComparison.Ordinal) ? "phone" : null;
        var column = field is null ? null : map.Writable(field);
        return column is null ? null : Values.TextOf(row, column);
    }

    private WriteResult? TakeFields(CrmChange change, List<KeyValuePair<string, object?>> fields)
    {
        var unmapped = fields.Select(pair => pair.Key).Where(field => map.Writable(field) is null && !map.IsLeftOut(field)).ToList();
        if (unmapped.Count > 0)
        {
            var setting = table.Name == "account" ? nameof(settings.AccountColumns) : nameof(settings.ContactColumns);
            return WriteResult.Refused(
                "unmapped", $"no column can be written for {string.Join(", ", unmapped)}: name one in {setting}, or - for what the CRM need not know");
        }

        foreach (var (field, value) in fields)
        {
            if (map.Writable(field) is { } column && _stamps.Take($"field:{column}", change.At, change.Key) && Set(column, value) is { } fault)
                return fault;
        }

        return null;
    }

    private WriteResult? Set(string column, object? value)
    {
        if (!table.Columns.TryGetValue(column, out var type))
            return WriteResult.Retry($"the table {table.Name} has no column {column}: see what setup says");
        if (!ColumnFit.Fits(type, value, out var node))
            return WriteResult.Refused("wrong-type", $"the column {column} of {table.Name} is of type {type}, and the value is not");
        Columns[column] = node;
        return null;
    }
}

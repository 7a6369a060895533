using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Plugins.CrmDataverse.Settings;

/// <summary>Holds what admins write about columns, ids and queries to their forms, so that none of it can become part of a URL it should not be in.</summary>
internal static partial class Names
{
    /// <summary>True for a column's logical name.</summary>
    public static bool IsColumn(string text) => ColumnForm().IsMatch(text);

    /// <summary>All that is wrong with the names in the settings.</summary>
    public static IEnumerable<ValidationResult> Check(DataverseSettings settings)
    {
        var faults = new List<ValidationResult>();
        void Fault(string member, string text) => faults.Add(new ValidationResult(text, [member]));
        (string Member, string? Column)[] columns =
        [
            (nameof(settings.ScoreColumn), settings.ScoreColumn), (nameof(settings.ScoreAtColumn), settings.ScoreAtColumn),
            (nameof(settings.ScoreSurveyColumn), settings.ScoreSurveyColumn), (nameof(settings.TrendColumn), settings.TrendColumn),
            (nameof(settings.StampColumn), settings.StampColumn), (nameof(settings.CaseTagColumn), settings.CaseTagColumn),
        ];
        foreach (var (member, column) in columns.Where(one => !string.IsNullOrEmpty(one.Column) && !IsColumn(one.Column)))
            Fault(member, $"{column} is no column's logical name: lower case letters, digits and underscores");
        Columns(nameof(settings.ContactColumns), settings.ContactColumns, Fault);
        Columns(nameof(settings.AccountColumns), settings.AccountColumns, Fault);
        Columns(nameof(settings.ConsentColumns), settings.ConsentColumns, Fault);
        foreach (var key in (settings.ConsentColumns ?? []).Keys.Where(key => !ConsentForm().IsMatch(key)))
            Fault(nameof(settings.ConsentColumns), $"{key} is not of the form channel/purpose, such as email/feedback");
        foreach (var twice in ConsentMap.Of(settings).GroupBy(pair => pair.Value, StringComparer.Ordinal).Where(group => group.Count() > 1))
            Fault(nameof(settings.ConsentColumns), $"{twice.Key} stands for {string.Join(" and ", twice.Select(pair => pair.Key))}: giving one consent would give the other");
        Ids(nameof(settings.ConsentPurposes), settings.ConsentPurposes, Fault);
        Ids(nameof(settings.CustomerVoiceSurveys), settings.CustomerVoiceSurveys, Fault);
        foreach (var (name, query) in settings.Segments ?? [])
        {
            if (People.FetchQuery.Fault(query) is { } fault)
                Fault(nameof(settings.Segments), $"{name}: {fault}");
        }

        return faults;
    }

    private static void Columns(string member, Dictionary<string, string>? columns, Action<string, string> fault)
    {
        foreach (var (field, column) in columns ?? [])
        {
            var name = column.EndsWith(ColumnMap.LabelMark, StringComparison.Ordinal) ? column[..^ColumnMap.LabelMark.Length] : column;
            if (column != "-" && !IsColumn(name))
                fault(member, $"{field}: {column} is no column's logical name: lower case letters, digits and underscores");
        }
    }

    private static void Ids(string member, Dictionary<string, string>? ids, Action<string, string> fault)
    {
        foreach (var (name, id) in ids ?? [])
        {
            if (!Guid.TryParseExact(id, "D", out _))
                fault(member, $"{name}: {id} is no id of the form 00000000-0000-0000-0000-000000000000");
        }
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,99}$")]
    private static partial Regex ColumnForm();

    [GeneratedRegex("^[a-z]+/[a-z]+$")]
    private static partial Regex ConsentForm();
}

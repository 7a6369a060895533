using System.Collections;
using System.Globalization;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Triggers;

/// <summary>Says why a condition is not true, with the values that decided.</summary>
internal static class ConditionReason
{
    private const int LongestValue = 60;
    private const int MostValues = 6;

    /// <summary>For example <c>event.data.total &gt;= 20 is not true: event.data.total is 12</c>.</summary>
    public static string NotTrue(Condition condition, IReadOnlyDictionary<string, object?> model, string? error)
    {
        if (error is not null)
            return $"the condition {condition.Source} could not be evaluated: {error}";
        return With($"the condition {condition.Source} is not true", condition, model);
    }

    /// <summary>For example <c>event.data.total &gt;= 20 is true: event.data.total is 30</c>.</summary>
    public static string True(Condition condition, IReadOnlyDictionary<string, object?> model) => With($"{condition.Source} is true", condition, model);

    private static string With(string said, Condition condition, IReadOnlyDictionary<string, object?> model)
    {
        var values = condition.Expression.Variables.Select(use => use.Path).Distinct(StringComparer.Ordinal).Take(MostValues)
            .Select(path => $"{path} is {Shown(Follow(model, path))}").ToList();
        return values.Count == 0 ? said : $"{said}: {string.Join(", ", values)}";
    }

    private static object? Follow(object? value, string path)
    {
        foreach (var name in path.Split('.'))
        {
            value = value switch
            {
                IReadOnlyDictionary<string, object?> map => map.GetValueOrDefault(name),
                _ => null,
            };
        }

        return value;
    }

    private static string Shown(object? value) => value switch
    {
        null => "empty",
        string text => text.Length <= LongestValue ? $"\"{text}\"" : $"\"{text[..LongestValue]}...\"",
        bool truth => truth ? "true" : "false",
        IReadOnlyDictionary<string, object?> map => $"an object with {map.Count} members",
        ICollection list => $"a list of {list.Count}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>All names that every template knows.</summary>
internal static class Library
{
    /// <summary>The group <c>date</c>, whose <c>format</c> printing a date looks at.</summary>
    public static readonly BuiltinGroup Date = DateFunctions.Create();

    /// <summary>Groups, functions and values by name.</summary>
    public static readonly IReadOnlyDictionary<string, object?> Root = Create();

    private static Dictionary<string, object?> Create()
    {
        BuiltinGroup[] groups =
        [
            ArrayFunctions.Create(), Date, HtmlFunctions.Create(), MathFunctions.Create(), ObjectFunctions.Create(),
            RegexFunctions.Create(), StringFunctions.Create(), TimespanFunctions.Create(),
        ];
        var root = groups.ToDictionary(group => group.Name, object? (group) => group, StringComparer.Ordinal);
        root["include"] = new IncludeFunction();
        root["include_join"] = new IncludeJoinFunction();
        root["empty"] = EmptyValue.Instance;
        root["blank"] = EmptyValue.Instance;
        return root;
    }
}

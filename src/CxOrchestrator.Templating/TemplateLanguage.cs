using CxOrchestrator.Templating.Builtins;
using CxOrchestrator.Templating.Parsing;

namespace CxOrchestrator.Templating;

/// <summary>What every template knows: for the reference, the linter and editors.</summary>
public static class TemplateLanguage
{
    /// <summary>All functions and values by group and name, in order; those that stand alone have no group.</summary>
    public static IReadOnlyList<TemplateFunction> Functions { get; } = [.. All().OrderBy(f => f.Group, StringComparer.Ordinal).ThenBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>Words that begin a statement; as the name of a variable they need parentheses.</summary>
    public static IReadOnlyList<string> Keywords { get; } =
    [
        "break", "capture", "case", "continue", "do", "else", "end", "for", "func", "if", "import", "in", "readonly", "ret", "tablerow",
        "when", "while", "with",
    ];

    private static IEnumerable<TemplateFunction> All()
    {
        foreach (var (name, value) in Library.Root)
        {
            if (value is not BuiltinGroup group)
            {
                yield return new TemplateFunction("", name, Parameters(value), TemplateFunctionOrigin.Scriban);
                continue;
            }

            foreach (var (member, function) in group)
            {
                var origin = LeftOut.Has(name, member) ? TemplateFunctionOrigin.LeftOut : TemplateFunctionOrigin.Scriban;
                yield return new TemplateFunction(name, member, Parameters(function), origin);
            }

            foreach (var member in group.OursAlone)
                yield return new TemplateFunction(name, member, Parameters(group[member]), TemplateFunctionOrigin.Ours);
        }
    }

    private static IReadOnlyList<string> Parameters(object? value) => value switch
    {
        Values.Callable { TakesAnything: true } => ["name", "arguments..."],
        Values.Callable function => [.. function.Parameters.Select(p => p.Rest ? $"{p.Name}..." : p.Optional ? $"{p.Name}?" : p.Name)],
        _ => [],
    };
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content.Schema;

/// <summary>The tables of <c>templates/README.md</c>, made from what the template language and the models really have.</summary>
public static partial class TemplateReference
{
    private static readonly Dictionary<string, Func<string>> Tables = new(StringComparer.Ordinal)
    {
        ["variables"] = Variables,
        ["keywords"] = () => string.Join(", ", TemplateLanguage.Keywords.Select(Code)) + "\n",
        ["functions"] = () => Functions(TemplateFunctionOrigin.Scriban),
        ["ours"] = () => Functions(TemplateFunctionOrigin.Ours),
        ["left out"] = () => string.Join(", ", Of(TemplateFunctionOrigin.LeftOut).Select(function => Code(function.FullName))) + "\n",
    };

    /// <summary>
    /// The text with each of its tables written anew: what stands between <c>&lt;!-- table NAME --&gt;</c> and <c>&lt;!-- end of table --&gt;</c>.
    /// </summary>
    /// <exception cref="FormatException">It names a table that there isn't, or lacks one.</exception>
    public static string Fill(string text)
    {
        var names = Table().Matches(text).Select(match => match.Groups[1].Value).ToList();
        if (Tables.Keys.Except(names).Concat(names.Except(Tables.Keys)).FirstOrDefault() is { } odd)
            throw new FormatException($"The text has no table '{odd}', or one that isn't made. There are {string.Join(", ", Tables.Keys)}.");
        return Table().Replace(text, match => $"<!-- table {match.Groups[1].Value} -->\n\n{Tables[match.Groups[1].Value]()}\n<!-- end of table -->");
    }

    private static string Variables()
    {
        var table = new StringBuilder("| variable | members | in journeys | in messages |\n| --- | --- | --- | --- |\n");
        foreach (var (name, members) in KnownModel.Members)
        {
            var more = name == KnownModel.Open ? ", and those of the customer's attributes" : "";
            table.Append(CultureInfo.InvariantCulture, $"| {Code(name)} | {string.Join(", ", members.Select(Code))}{more} | {Mark(KnownModel.ForJourneys, name)} | {Mark(KnownModel.ForMessages, name)} |\n");
        }

        return table.ToString();
    }

    private static string Functions(TemplateFunctionOrigin origin)
    {
        var table = new StringBuilder("| group | functions and values, with their parameters |\n| --- | --- |\n");
        foreach (var group in Of(origin).GroupBy(function => function.Group))
            table.Append(CultureInfo.InvariantCulture, $"| {(group.Key.Length == 0 ? "(none)" : Code(group.Key))} | {string.Join(", ", group.Select(function => Code(string.Join(' ', function.Parameters.Prepend(function.Name)))))} |\n");
        return table.ToString();
    }

    private static IEnumerable<TemplateFunction> Of(TemplateFunctionOrigin origin) => TemplateLanguage.Functions.Where(function => function.Origin == origin);

    private static string Mark(IReadOnlyList<string> known, string name) => known.Contains(name) ? "yes" : "";

    private static string Code(string text) => $"`{text}`";

    [GeneratedRegex("<!-- table ([a-z ]+) -->.*?<!-- end of table -->", RegexOptions.Singleline)]
    private static partial Regex Table();
}

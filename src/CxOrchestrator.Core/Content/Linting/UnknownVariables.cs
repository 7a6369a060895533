using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>
/// Variables and members that no model has, also in branches that no sample customer comes to. They print nothing and make conditions false, so they are
/// errors; an attribute of a customer with almost the name of a field is a warning, since attributes may have any name.
/// </summary>
internal sealed class UnknownVariables : ILintRule
{
    /// <inheritdoc/>
    public IEnumerable<Fault> Check(ContentFolder folder) => Templates(folder)
        .Concat(folder.Journeys.Where(parse => parse.Journey is not null).SelectMany(Journey))
        .Concat(folder.Surveys.Where(parse => parse.Survey?.Case is not null).SelectMany(parse =>
            Expression(parse.File, parse.Survey!.Case!.When.Source, parse.CasePlace, KnownModel.ForAnswers)));

    // A part sees the variables of the message that includes it, and the message those of the part.
    private static IEnumerable<Fault> Templates(ContentFolder folder)
    {
        var set = folder.Templates().SelectMany(template => template.Sets).Except(KnownModel.ForMessages).ToHashSet(StringComparer.Ordinal);
        var included = folder.Parsed().SelectMany(message => message.Included).ToHashSet();
        return (from message in folder.Parsed()
                from parts in message.Languages.Values
                from part in parts.All
                from fault in Templates([.. parts.With(part)], set)
                select fault)
            .Concat(folder.Parts.Files.Where(file => file.Template is not null && !included.Contains(file))
                .SelectMany(file => Template(file.Template!, set)));
    }

    private static IEnumerable<Fault> Templates(List<CompiledTemplate> templates, HashSet<string> setSomewhere)
    {
        var set = templates.SelectMany(template => template.Sets).ToHashSet(StringComparer.Ordinal);
        foreach (var template in templates)
        {
            foreach (var use in template.Variables.Where(use => template != templates[0] && IsOneOf(setSomewhere, use) && !IsOneOf(set, use)))
            {
                yield return new Fault(template.Name, use.Line, use.Column,
                    $"'{use.Path}' is set by some of the messages that include this, but not by {templates[0].Name}. Set it there, or pass it to the include.");
            }

            foreach (var fault in Template(template, template == templates[0] ? set : [.. set, .. setSomewhere]))
                yield return fault;
        }
    }

    private static IEnumerable<Fault> Template(CompiledTemplate template, HashSet<string> set) =>
        from use in template.Variables
        where !IsOneOf(set, use)
        let problem = Problem(use.Path, KnownModel.ForMessages)
        where problem is not null
        select new Fault(template.Name, use.Line, use.Column, problem.Value.Text, problem.Value.IsWarning);

    private static bool IsOneOf(HashSet<string> names, VariableUse use) => names.Contains(use.Path.Split('.')[0]);

    private static IEnumerable<Fault> Journey(JourneyParse parse) => parse.References.Where(reference => reference.Kind == ReferenceKind.Expression)
        .SelectMany(reference => Expression(parse.File, reference.Name, (reference.Line, reference.Column), KnownModel.ForJourneys));

    private static IEnumerable<Fault> Expression(string file, string source, (int Line, int Column) place, IReadOnlyList<string> known) =>
        from use in CompiledExpression.Parse(source, file, TemplateParseOptions.Product).Expression?.Variables ?? []
        let problem = Problem(use.Path, known)
        where problem is not null
        select new Fault(file, place.Line, place.Column, $"In '{source}': {problem.Value.Text}", problem.Value.IsWarning);

    private static (string Text, bool IsWarning)? Problem(string path, IReadOnlyList<string> known)
    {
        var names = path.Split('.');
        if (!known.Contains(names[0]))
            return ($"There is no variable '{names[0]}' here.{Nearest.Hint(names[0], known)} There are {string.Join(", ", known)}.", false);
        if (names.Length < 2 || KnownModel.Members[names[0]] is not { } members || members.Contains(names[1]))
            return null;
        if (names[0] != KnownModel.Open)
            return ($"'{names[0]}' has no member '{names[1]}'.{Nearest.Hint(names[1], members)} It has {string.Join(", ", members)}.", false);
        return Misspelt(names[1], members) is { } field
            ? ($"'{path}' is an attribute of the customer, if there is one. Did you mean the field '{names[0]}.{field}'?", true)
            : null;
    }

    // givenName, Name and e_mail are ours in another notation; givn_name is ours with one letter wrong. Short names are near to too much.
    private static string? Misspelt(string name, IReadOnlyList<string> fields) =>
        fields.FirstOrDefault(field => Plain(field) == Plain(name))
        ?? (name.Length >= 5 && Nearest.Of(name, fields, 1) is { Length: >= 5 } near ? near : null);

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}

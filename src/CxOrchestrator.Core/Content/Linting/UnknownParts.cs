using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>Includes of parts that there aren't, or that aren't there for where they are included.</summary>
internal sealed class UnknownParts : ILintRule
{
    /// <inheritdoc/>
    public IEnumerable<Fault> Check(ContentFolder folder)
    {
        var messages = from message in folder.Parsed()
                       from parts in message.Languages.Values
                       from template in parts.All
                       from one in parts.With(template)
                       from fault in Check(one, parts.Includable(template), folder.Parts)
                       select fault;
        // Also what no message includes yet.
        var alone = from file in folder.Parts.Files
                    where file.Template is not null
                    from fault in Check(file.Template!, folder.Parts.In(file.Language, file.Variety), folder.Parts)
                    select fault;
        return messages.Concat(alone);
    }

    private static IEnumerable<Fault> Check(CompiledTemplate template, IncludableParts there, SharedParts all) =>
        template.Includes.Where(use => !there.Files.ContainsKey(use.Path))
            .Select(use => new Fault(template.Name, use.Line, use.Column, Problem(use.Path, template.Name, all)));

    private static string Problem(string name, string includer, SharedParts all)
    {
        if (all.Names.Contains(name))
        {
            var extension = includer.EndsWith(".html", StringComparison.Ordinal) ? "html" : "txt";
            return $"The part '{name}' has no {extension}, which is what is included here. Add {SharedParts.Folder}/{name}/LANGUAGE.{extension}.";
        }

        // footer.html and parts/footer/en.html are habits from elsewhere.
        var hint = Nearest.Hint(name, all.Names) is { Length: > 0 } near ? near
            : name.Split('/', '.').FirstOrDefault(word => all.Names.Contains(word)) is { } meant ? $" Did you mean '{meant}'?" : "";
        return $"There is no part '{name}'.{hint} Parts are {SharedParts.Folder}/NAME/LANGUAGE.html and .txt, and are included by their name.";
    }
}

using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>Reads shared parts.</summary>
internal static class PartParser
{
    private static readonly string[] Extensions = [PartFile.Extension(PartVariety.Html), PartFile.Extension(PartVariety.Text)];

    /// <summary>Parses parts. Never throws on any text; tells all faults at once.</summary>
    /// <param name="files">Text by path relative to the content folder, <c>parts/NAME/LANGUAGE.html</c>.</param>
    /// <param name="defaultLanguage">The installation's language.</param>
    public static SharedParts Parse(IEnumerable<KeyValuePair<string, string>> files, string defaultLanguage)
    {
        var faults = new List<Fault>();
        var parts = new List<PartFile>();
        var there = new HashSet<(string, string, PartVariety)>();
        foreach (var (path, text) in files.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (File(path, text, faults) is not { } file)
                continue;
            if (!there.Add((file.Part, file.Language, file.Variety)))
                faults.Add(new Fault(path, 0, 0, $"The file {file.Language}.{PartFile.Extension(file.Variety)} is there twice, in different spelling. Remove one."));
            else
                parts.Add(file);
        }

        foreach (var name in parts.Select(file => file.Part).Distinct().Where(name => !MessageParser.IsName(name)))
            faults.Add(new Fault($"{SharedParts.Folder}/{name}", 0, 0, "A part's name is of lower case letters, digits and dashes, and begins with a letter. Rename the folder."));
        faults.AddRange(parts.GroupBy(file => (file.Part, file.Variety)).Select(group => NoDefault([.. group], defaultLanguage)).OfType<Fault>());
        return new SharedParts(parts, [.. faults, .. parts.SelectMany(file => file.Faults)], defaultLanguage);
    }

    private static PartFile? File(string path, string text, List<Fault> faults)
    {
        if (path.Split('/') is not [SharedParts.Folder, var part, var file])
        {
            faults.Add(new Fault(path, 0, 0, $"A part's files are {SharedParts.Folder}/NAME/LANGUAGE.html and {SharedParts.Folder}/NAME/LANGUAGE.txt.{Instead(path)}"));
            return null;
        }

        var dot = file.LastIndexOf('.');
        var (language, extension) = dot < 0 ? (file, "") : (file[..dot], file[(dot + 1)..]);
        if (!Extensions.Contains(extension))
        {
            var hint = Nearest.Of(extension, Extensions) is { } near ? $" Did you mean '{language}.{near}'?" : "";
            faults.Add(new Fault(path, 0, 0, $"A part's files are LANGUAGE.html and LANGUAGE.txt; subjects and text messages include the latter.{hint}"));
            return null;
        }

        var match = Locales.Find(language);
        if (language != PartFile.AnyLanguage && !match.Known)
        {
            faults.Add(new Fault(path, 0, 0, $"'{language}' is no known language. Name the file by a tag such as en.{extension}, or {PartFile.AnyLanguage}.{extension} where it is right for all."));
            return null;
        }

        var own = new List<Fault>();
        var template = text.Length <= MessageParser.LongestPart ? MessageParser.Template(path, WithoutLastLineEnd(text), own) : null;
        if (text.Length > MessageParser.LongestPart)
            own.Add(new Fault(path, 0, 0, $"The file has {text.Length} characters; {MessageParser.LongestPart} are allowed."));
        var variety = extension == Extensions[0] ? PartVariety.Html : PartVariety.Text;
        return new PartFile(part, path, language == PartFile.AnyLanguage ? language : match.Tag, variety, text, template, own);
    }

    // Editors end the last line; a part may stand in the middle of one.
    private static string WithoutLastLineEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;

    // footer.en.html, or footer.html.
    private static string Instead(string path) => path.Split('/') is [_, var stray] && stray.Split('.') is [var name, .. var language, var extension] && Extensions.Contains(extension)
        ? $" Move it to {SharedParts.Folder}/{name}/{(language.Length == 0 ? PartFile.AnyLanguage : string.Join('.', language))}.{extension}."
        : "";

    private static Fault? NoDefault(List<PartFile> there, string defaultLanguage)
    {
        var languages = there.Select(file => file.Language).ToList();
        if (languages.Count == 1 || languages.Contains(PartFile.AnyLanguage) || Locales.Best(languages, defaultLanguage) is not null)
            return null;
        var extension = PartFile.Extension(there[0].Variety);
        return new Fault($"{SharedParts.Folder}/{there[0].Part}", 0, 0,
            $"The part's {extension} is there in {string.Join(", ", languages)}, but not in the default language '{defaultLanguage}'. Add {defaultLanguage}.{extension}, or {PartFile.AnyLanguage}.{extension} for all languages.");
    }
}

using System.Text.RegularExpressions;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>What became of the parsing of a message's files.</summary>
/// <param name="Name">The message's name.</param>
/// <param name="Message">The message; null where there is an error.</param>
/// <param name="Faults">Errors and warnings.</param>
public sealed record MessageParse(string Name, MessageTemplate? Message, IReadOnlyList<Fault> Faults);

/// <summary>Reads the files of a message.</summary>
public static partial class MessageParser
{
    internal const int LongestPart = 262_144;

    private static readonly string[] Extensions = ["subject", "html", "txt", "sms"];

    /// <summary>Parses a message. Never throws on any text; tells all faults at once.</summary>
    /// <param name="name">Its name: the folder's.</param>
    /// <param name="files">
    /// Text by file name, for example <c>en.html</c>; a published message has the shared parts that it includes among them, as <c>parts/NAME/en.html</c>.
    /// </param>
    /// <param name="defaultLanguage">The installation's language; a message in one other language takes that one.</param>
    /// <param name="version">The published version; 0 where it isn't published.</param>
    public static MessageParse Parse(string name, IReadOnlyDictionary<string, string> files, string defaultLanguage, int version = 0)
    {
        var own = files.Where(file => !IsShared(file.Key));
        return Parse(name, own, PartParser.Parse(files.Where(file => IsShared(file.Key)), defaultLanguage), defaultLanguage, version);
    }

    /// <summary>Parses a message that includes parts of a folder.</summary>
    internal static MessageParse Parse(
        string name, IEnumerable<KeyValuePair<string, string>> files, SharedParts shared, string defaultLanguage, int version = 0)
    {
        var faults = new List<Fault>();
        var folder = $"messages/{name}";
        if (!IsName(name))
            faults.Add(new Fault(folder, 0, 0, "A message's name is of lower case letters, digits and dashes, and begins with a letter. Rename the folder."));
        var parts = new SortedDictionary<string, Dictionary<string, CompiledTemplate?>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (file, text) in files.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Add($"{folder}/{file}", file, text, parts, faults);

        var languages = parts.ToDictionary(pair => pair.Key, pair => Compile(pair.Value, pair.Key, shared), StringComparer.OrdinalIgnoreCase);
        faults.AddRange(languages.Values.SelectMany(OfShared).Distinct());
        var language = Default(languages.Keys, defaultLanguage);
        if (language is null)
        {
            faults.Add(new Fault(folder, 0, 0, languages.Count == 0
                ? $"The message has no parts. Add {defaultLanguage}.subject and {defaultLanguage}.txt, or {defaultLanguage}.sms."
                : $"The message is there in {string.Join(", ", languages.Keys)}, but not in the default language '{defaultLanguage}'. Add it."));
        }
        else
        {
            faults.AddRange(Missing(folder, parts, language));
        }

        var broken = faults.Exists(fault => !fault.IsWarning);
        return new MessageParse(name, broken || language is null ? null : new MessageTemplate(name, version, languages, language), faults);
    }

    /// <summary>Whether messages and shared parts may be called so.</summary>
    internal static bool IsName(string name) => NamePattern().IsMatch(name);

    private static void Add(
        string path, string file, string text, SortedDictionary<string, Dictionary<string, CompiledTemplate?>> parts, List<Fault> faults)
    {
        var dot = file.LastIndexOf('.');
        var (language, extension) = dot < 0 ? (file, "") : (file[..dot], file[(dot + 1)..]);
        if (!Extensions.Contains(extension))
        {
            var hint = Nearest.Of(extension, Extensions) is { } near ? $" Did you mean '{language}.{near}'?" : "";
            faults.Add(new Fault(path, 0, 0, $"A message's files are LANGUAGE.subject, LANGUAGE.html, LANGUAGE.txt and LANGUAGE.sms.{hint}"));
            return;
        }

        var match = Locales.Find(language);
        if (!match.Known)
        {
            faults.Add(new Fault(path, 0, 0, $"'{language}' is no known language. Name the file by a tag such as en.{extension} or pt-BR.{extension}."));
            return;
        }

        if (!parts.TryGetValue(match.Tag, out var ofLanguage))
            parts[match.Tag] = ofLanguage = new(StringComparer.Ordinal);
        if (text.Length > LongestPart)
            faults.Add(new Fault(path, 0, 0, $"The file has {text.Length} characters; {LongestPart} are allowed."));
        else if (!ofLanguage.TryAdd(extension, Template(path, text, faults)))
            faults.Add(new Fault(path, 0, 0, $"The part {match.Tag}.{extension} is there twice, in different spelling. Remove one."));
    }

    internal static CompiledTemplate? Template(string path, string text, List<Fault> faults)
    {
        var parse = CompiledTemplate.Parse(text, path, TemplateParseOptions.Product);
        faults.AddRange(parse.Messages.Select(message =>
            new Fault(message.Source, message.Line, message.Column, message.Text, message.Severity == TemplateSeverity.Warning)));
        if (string.IsNullOrWhiteSpace(text))
            faults.Add(new Fault(path, 0, 0, "The file is empty. Write it, or remove it."));
        return parse.Template;
    }

    private static MessageParts Compile(Dictionary<string, CompiledTemplate?> parts, string language, SharedParts shared) => new(
        parts.GetValueOrDefault("subject"), parts.GetValueOrDefault("html"), parts.GetValueOrDefault("txt"), parts.GetValueOrDefault("sms"))
    {
        HtmlIncludes = shared.In(language, PartVariety.Html),
        TextIncludes = shared.In(language, PartVariety.Text),
    };

    // A message is no better than what it includes.
    private static IEnumerable<Fault> OfShared(MessageParts parts) =>
        from template in parts.All
        let includable = parts.Includable(template)
        from file in includable.Behind(template)
        from fault in file.Faults.Concat(includable.Cycles.Where(cycle => cycle.File == file).Select(cycle => cycle.Fault))
        select fault;

    private static bool IsShared(string file) => file.StartsWith(SharedParts.Folder + "/", StringComparison.Ordinal);

    private static string? Default(IReadOnlyCollection<string> languages, string wanted) =>
        Locales.Best(languages, wanted) ?? (languages.Count == 1 ? languages.First() : null);

    private static IEnumerable<Fault> Missing(
        string folder, SortedDictionary<string, Dictionary<string, CompiledTemplate?>> parts, string defaultLanguage)
    {
        var own = parts[defaultLanguage];
        foreach (var (language, there) in parts)
        {
            var isDefault = language.Equals(defaultLanguage, StringComparison.OrdinalIgnoreCase);
            var mail = there.ContainsKey("subject") || there.ContainsKey("html") || there.ContainsKey("txt");
            foreach (var extension in Extensions)
            {
                // What an e-mail can't be without; and what only the default language has.
                var needed = mail && (extension is "subject" or "txt");
                if (there.ContainsKey(extension) || !(needed || own.ContainsKey(extension)))
                    continue;
                if (isDefault)
                    yield return new Fault($"{folder}/{language}.{extension}", 0, 0, $"The part is missing: an e-mail needs a subject and a text. Add {language}.{extension}.");
                else if (extension == "html" && there.ContainsKey("txt"))
                    yield return new Fault($"{folder}/{language}.{extension}", 0, 0, $"The part is missing: customers with '{language}' get text only.", true);
                else
                    yield return new Fault($"{folder}/{language}.{extension}", 0, 0, $"The part is missing: customers with '{language}' get the message in '{defaultLanguage}'.", true);
            }
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$")]
    private static partial Regex NamePattern();
}

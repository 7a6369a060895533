using System.Text.Encodings.Web;
using System.Text.Json;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Core.Content;

/// <summary>A folder of content, parsed but not yet checked as a whole.</summary>
/// <param name="Journeys">Its journeys.</param>
/// <param name="Surveys">Its surveys.</param>
/// <param name="Messages">Its messages.</param>
/// <param name="Parts">The parts that its messages share.</param>
/// <param name="Items">What a publication stores.</param>
/// <param name="Faults">Errors and warnings of all of them.</param>
public sealed record ContentFolder(
    IReadOnlyList<JourneyParse> Journeys, IReadOnlyList<SurveyParse> Surveys, IReadOnlyList<MessageParse> Messages, SharedParts Parts,
    IReadOnlyList<(ContentKind Kind, string Key, string Text)> Items, IReadOnlyList<Fault> Faults)
{
    // Thai and Persian stay readable in the store.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Parses the files of a content folder: <c>journeys/NAME.yaml</c>, <c>surveys/NAME.yaml</c>, <c>messages/NAME/LANGUAGE.PART</c>,
    /// <c>parts/NAME/LANGUAGE.html</c>. Schemas, and files and folders whose names begin with a dot or that lie outside the four folders, are left alone.
    /// </summary>
    /// <param name="files">Text by path, relative to the folder, with slashes.</param>
    /// <param name="defaultLanguage">The installation's language.</param>
    public static ContentFolder Load(IReadOnlyDictionary<string, string> files, string defaultLanguage)
    {
        var journeys = new List<JourneyParse>();
        var surveys = new List<SurveyParse>();
        var messages = new SortedDictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        var shared = new Dictionary<string, string>(StringComparer.Ordinal);
        var items = new List<(ContentKind Kind, string Key, string Text)>();
        var faults = new List<Fault>();
        foreach (var (path, raw) in files.Select(pair => (pair.Key.Replace('\\', '/'), pair.Value)).OrderBy(pair => pair.Item1, StringComparer.Ordinal))
        {
            // Editors on Windows begin files with a mark and end lines with two characters; neither is content.
            var text = raw.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
            var parts = path.Split('/');
            if (parts.Any(part => part.StartsWith('.')) || path.EndsWith(".schema.json", StringComparison.Ordinal))
                continue;
            switch (parts)
            {
                case ["journeys", var name] when IsYaml(path, name, faults):
                    journeys.Add(JourneyParser.Parse(text, path));
                    items.Add((ContentKind.Journey, journeys[^1].Key ?? "", text));
                    break;
                case ["surveys", var name] when IsYaml(path, name, faults):
                    surveys.Add(SurveyParser.Parse(text, path));
                    items.Add((ContentKind.Survey, surveys[^1].Key ?? "", text));
                    break;
                case ["messages", var message, var name]:
                    if (!messages.TryGetValue(message, out var ofMessage))
                        messages[message] = ofMessage = new(StringComparer.Ordinal);
                    ofMessage[name] = text;
                    break;
                case [SharedParts.Folder, .. not ["README.md"]]:
                    shared[path] = text;
                    break;
                case ["messages" or "journeys" or "surveys", _, _, ..]:
                    faults.Add(new Fault(path, 0, 0, "The file lies too deep. Journeys and surveys lie in their folder, a message's files in a folder of its own."));
                    break;
                case ["messages", var stray] when stray != "README.md":
                    faults.Add(new Fault(path, 0, 0, "A message's files lie in a folder of its own: messages/NAME/" + stray));
                    break;
            }
        }

        var included = PartParser.Parse(shared, defaultLanguage);
        var parsed = messages.Select(pair => MessageParser.Parse(pair.Key, pair.Value, included, defaultLanguage)).ToList();
        items.AddRange(messages.Zip(parsed, (pair, parse) => (ContentKind.Message, pair.Key, MessageText(WithIncluded(pair.Value, parse.Message)))));
        faults.AddRange(included.Faults);
        faults.AddRange(Cycles(included));
        faults.AddRange(journeys.SelectMany(journey => journey.Faults));
        faults.AddRange(surveys.SelectMany(survey => survey.Faults));
        faults.AddRange(parsed.SelectMany(message => message.Faults));
        faults.AddRange(Twice(journeys.Select(journey => (journey.File, journey.Key)), "journey"));
        faults.AddRange(Twice(surveys.Select(survey => (survey.File, survey.Key)), "survey"));
        return new ContentFolder(journeys, surveys, parsed, included, items, [.. faults.Distinct()]);
    }

    /// <summary>A message as it is stored: its files and those that it includes, in the order of their names, so that the same files are the same text.</summary>
    public static string MessageText(IReadOnlyDictionary<string, string> files) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(files.ToDictionary(), StringComparer.Ordinal), Readable);

    /// <summary>The files of a stored message.</summary>
    /// <exception cref="JsonException">The text is none of ours.</exception>
    public static IReadOnlyDictionary<string, string> MessageFiles(string text) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(text) ?? throw new JsonException("A message is a JSON object of file names and texts.");

    // What is published never changes with what it includes: it carries it along.
    private static Dictionary<string, string> WithIncluded(Dictionary<string, string> files, MessageTemplate? message)
    {
        var all = new Dictionary<string, string>(files, StringComparer.Ordinal);
        foreach (var file in message?.Included ?? [])
            all[file.Path] = file.Text;
        return all;
    }

    // Also of parts that no message includes yet.
    private static IEnumerable<Fault> Cycles(SharedParts parts) => parts.Files
        .Select(file => (file.Language, file.Variety)).Distinct().SelectMany(one => parts.In(one.Language, one.Variety).Cycles).Select(cycle => cycle.Fault);

    private static bool IsYaml(string path, string name, List<Fault> faults)
    {
        if (name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal))
            return true;
        if (name != "README.md")
            faults.Add(new Fault(path, 0, 0, "Only files that end in .yaml are read here. Rename it, or move it away.", IsWarning: true));
        return false;
    }

    private static IEnumerable<Fault> Twice(IEnumerable<(string File, string? Key)> keys, string what) =>
        keys.Where(pair => pair.Key is not null).GroupBy(pair => pair.Key).Where(group => group.Count() > 1)
            .SelectMany(group => group.Skip(1).Select(pair =>
                new Fault(pair.File, 0, 0, $"The {what} '{pair.Key}' is in {group.First().File} too. Give one of them another name.")));
}

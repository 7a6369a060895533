using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Content.Yaml;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Surveys;

/// <summary>What became of the parsing of a survey's file.</summary>
/// <param name="File">The file.</param>
/// <param name="Key">The survey's key, where it could be read.</param>
/// <param name="Survey">The survey; null where there is an error.</param>
/// <param name="Faults">Errors and warnings.</param>
/// <param name="CasePlace">Where the condition of the case stands: line and column.</param>
public sealed record SurveyParse(string File, string? Key, Survey? Survey, IReadOnlyList<Fault> Faults, (int Line, int Column) CasePlace)
{
    /// <summary>The calendars that it names, to be checked against those that there are.</summary>
    public IReadOnlyList<JourneyReference> Calendars { get; init; } = [];
}

/// <summary>Reads a survey's file.</summary>
public sealed class SurveyParser
{
    private readonly Faults _faults;
    private readonly ValueReader _values;
    private readonly List<JourneyReference> _calendars = [];
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _byLanguage = new(StringComparer.Ordinal);

    private SurveyParser(Faults faults)
    {
        _faults = faults;
        _values = new ValueReader(faults);
    }

    /// <summary>Parses a survey. Never throws on any text; tells all faults at once.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its name, for faults.</param>
    /// <param name="version">The published version; 0 where it isn't published.</param>
    public static SurveyParse Parse(string text, string file, int version = 0)
    {
        var faults = new Faults(file);
        string? key = null;
        Survey? survey = null;
        (int, int) place = (0, 0);
        IReadOnlyList<JourneyReference> calendars = [];
        if (YamlText.Parse(text, faults) is { } root && MapReader.Open(root, SurveyShapes.Survey, faults) is { } map)
        {
            var parser = new SurveyParser(faults);
            key = parser._values.Name(map["survey"]);
            survey = parser.Read(map, key, version);
            calendars = parser._calendars;
            place = map["case"] is YamlMap rule && rule.Entries.FirstOrDefault(entry => entry.Key.Value == "when").Value is YamlScalar when
                ? when.Place(1, 1)
                : (0, 0);
        }

        return new SurveyParse(file, key, faults.Any ? null : survey, faults.All, place) { Calendars = calendars };
    }

    private Survey? Read(MapReader map, string? key, int version)
    {
        var language = Language(map["language"]);
        var expires = map["expires"] is { } node ? _values.Duration(node) : Duration.OfDays(30);
        CountedIn(map["expires"], expires?.Calendar);
        var words = Words(map["words"]);
        var questions = _values.Items(map["questions"], "question").Select(Question).OfType<Question>().ToList();
        CheckQuestions(map["questions"], questions);
        CheckLanguages(map, language, words);
        var rule = map["case"] is { } caseNode ? Case(caseNode) : null;
        if (_faults.Any || key is null || language is null || expires is null)
            return null;
        return new Survey
        {
            Key = key,
            Version = version,
            DefaultLanguage = language,
            Expires = expires,
            Questions = questions,
            Words = words,
            Case = rule,
            Calendars = [.. _calendars.Select(one => one.Name).Where(name => name != BusinessCalendar.Company).Distinct()],
        };
    }

    private Dictionary<string, SurveyWords> Words(YamlNode? node)
    {
        var words = new Dictionary<string, SurveyWords>(StringComparer.OrdinalIgnoreCase);
        foreach (var (language, value) in ByLanguage(node))
        {
            if (MapReader.Open(value, SurveyShapes.Words, _faults) is not { } reader)
                continue;
            var (title, send, thanks) = (_values.Text(reader["title"]), _values.Text(reader["send"]), _values.Text(reader["thanks"]));
            words[language] = new SurveyWords(title ?? "", send ?? "", thanks ?? "");
        }

        return words;
    }

    private Question? Question(YamlNode node)
    {
        if (MapReader.Open(node, SurveyShapes.Question, _faults) is not { } reader)
            return null;
        var id = _values.Name(reader["id"]);
        var kind = _values.Word<QuestionKind>(reader["kind"]);
        var required = _values.Flag(reader["required"]);
        var text = Texts(reader["text"], "text", id);
        var low = Texts(reader["low"], "low", id);
        var high = Texts(reader["high"], "high", id);
        if (kind == QuestionKind.Comment && (reader["low"] ?? reader["high"]) is { } label)
            _faults.Add(label, "A comment has no scale: remove 'low' and 'high'.");
        return id is null || kind is null ? null : new Question(id, kind.Value, required ?? kind != QuestionKind.Comment, text, low, high);
    }

    private Dictionary<string, string> Texts(YamlNode? node, string what, string? id)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (language, value) in ByLanguage(node))
        {
            if (_values.Text(value) is { } text)
                texts[language] = text;
        }

        if (node is not null && id is not null)
            _byLanguage[$"question '{id}', {what}"] = texts;
        return texts;
    }

    private SurveyCase? Case(YamlNode node)
    {
        if (MapReader.Open(node, SurveyShapes.Case, _faults) is not { } reader)
            return null;
        var when = _values.Expression(reader["when"]);
        var kind = _values.Name(reader["kind"]);
        var owner = _values.Text(reader["owner"]);
        var due = _values.Timing(reader["due"], ZoneOf.Company);
        CountedIn(reader["due"], due?.Calendar);
        return when is null || kind is null || due is null ? null : new SurveyCase(when, kind, owner, due);
    }

    private void CountedIn(YamlNode? node, string? calendar)
    {
        if (node is not YamlScalar scalar || calendar is null)
            return;
        var (line, column) = scalar.Place(1, 1);
        _calendars.Add(new JourneyReference(ReferenceKind.Calendar, calendar, line, column));
    }

    private List<(string Language, YamlNode Value)> ByLanguage(YamlNode? node)
    {
        var values = new List<(string, YamlNode)>();
        if (node is null)
            return values;
        if (node is not YamlMap { Entries.Count: > 0 } map)
        {
            _faults.Add(node, $"Here stands {MapReader.Kind(node)}, where languages with words belong, such as en: ... and pt-BR: ...");
            return values;
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in map.Entries)
        {
            if (Language(key) is not { } language)
                continue;
            if (!seen.Add(language))
                _faults.Add(key, $"The language '{language}' stands here twice. Remove one.");
            else
                values.Add((language, value));
        }

        return values;
    }

    private string? Language(YamlNode? node)
    {
        // 'no' is Norwegian here: everything is read as text.
        if (_values.Text(node) is not { } text)
            return null;
        if (Locales.Find(text) is { Known: true } match)
            return match.Tag;
        _faults.Add(node!, $"'{text}' is no known language. Write a tag such as en or pt-BR.");
        return null;
    }

    private void CheckQuestions(YamlNode? node, List<Question> questions)
    {
        if (node is not YamlList { Items.Count: > 0 } list || questions.Count < list.Items.Count)
            return;
        if (questions.Count(question => question.Kind != QuestionKind.Comment) != 1)
            _faults.Add(node, "A survey has exactly one scored question (nps, csat or ces).");
        if (questions.Count(question => question.Kind == QuestionKind.Comment) > 1)
            _faults.Add(node, "A survey has at most one comment.");
        foreach (var twice in questions.GroupBy(question => question.Id).Where(group => group.Count() > 1))
            _faults.Add(node, $"Two questions have the id '{twice.Key}'. Take another for one of them.");
    }

    private void CheckLanguages(MapReader map, string? language, Dictionary<string, SurveyWords> words)
    {
        if (language is null || words.Count == 0)
            return;
        if (!words.ContainsKey(language))
            _faults.Add(map["words"]!, $"The words in the survey's own language '{language}' are missing.");
        foreach (var (what, texts) in _byLanguage)
        {
            foreach (var missing in words.Keys.Append(language).Distinct(StringComparer.OrdinalIgnoreCase).Where(tag => !texts.ContainsKey(tag)))
            {
                if (missing == language)
                    _faults.Add(map.Node, $"The words in the survey's own language '{language}' are missing: {what}.");
                else
                    _faults.Warn(map.Node.Line, map.Node.Column, $"There are no words in '{missing}': {what}. Those in '{language}' are shown instead.");
            }
        }
    }
}

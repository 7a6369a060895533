namespace CxOrchestrator.Core.Content;

/// <summary>
/// Languages that some messages or surveys of a folder have and others lack, and those that shared parts lack: their customers would get two languages in one
/// journey or message.
/// </summary>
internal sealed class MissingLanguages : ILintRule
{
    /// <inheritdoc/>
    public IEnumerable<Fault> Check(ContentFolder folder)
    {
        var all = folder.Parsed().Select(message => new Spoken($"messages/{message.Name}", message.DefaultLanguage, [.. message.Languages.Keys]))
            .Concat(folder.Surveys.Where(parse => parse.Survey is not null)
                .Select(parse => new Spoken(parse.File, parse.Survey!.DefaultLanguage, [.. parse.Survey.Words.Keys])))
            .ToList();
        var whereIs = all.SelectMany(one => one.Languages.Select(language => (language, one.Place)))
            .GroupBy(pair => pair.language, pair => pair.Place, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        foreach (var one in all)
        {
            // Somebody with pt-BR is served by pt.
            foreach (var (language, place) in whereIs.Where(pair => Locales.Best(one.Languages, pair.Key) is null))
            {
                yield return new Fault(one.Place, 0, 0,
                    $"The language '{language}', which {place} has, is missing: its customers get this in '{one.Default}'. Add it.", true);
            }
        }

        foreach (var fault in folder.Parsed().SelectMany(message => Included(message)).DistinctBy(pair => (pair.File.Part, pair.File.Variety, pair.Language)).Select(Missing))
            yield return fault;
    }

    // Files of another language that a message in this one includes; what is right for any language is never missing.
    private static IEnumerable<(PartFile File, string Language, string Message)> Included(MessageTemplate message) =>
        from language in message.Languages
        from part in language.Value.All
        from file in language.Value.Includable(part).Behind(part)
        where file.Language != PartFile.AnyLanguage && Locales.Best([file.Language], language.Key) is null
        select (file, language.Key, message.Name);

    private static Fault Missing((PartFile File, string Language, string Message) one)
    {
        var extension = PartFile.Extension(one.File.Variety);
        return new Fault($"{SharedParts.Folder}/{one.File.Part}", 0, 0,
            $"The language '{one.Language}', in which messages/{one.Message} includes this, is missing: it gets {one.File.Language}.{extension}. Add {one.Language}.{extension}, or {PartFile.AnyLanguage}.{extension} where one is right for all.", true);
    }

    private sealed record Spoken(string Place, string Default, IReadOnlyList<string> Languages);
}

namespace CxOrchestrator.Core.Content;

/// <summary>Languages that some messages or surveys of a folder have and others lack: their customers would get two languages in one journey.</summary>
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
    }

    private sealed record Spoken(string Place, string Default, IReadOnlyList<string> Languages);
}

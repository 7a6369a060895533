using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Publishing;

/// <summary>
/// Refuses moves after which somebody could get a message that they may have had: one that a send step before theirs sends, and that the new version sends
/// by the same step, or by one that is new, at or behind the step to which they go. And moves into a wait for what no step of theirs has sent.
/// </summary>
internal static class AgainCheck
{
    public static IEnumerable<Fault> Faults(Journey newer, IReadOnlyDictionary<int, Journey> older, MoveRules rules, IReadOnlyList<Standing> standing)
    {
        foreach (var (version, journey) in older)
        {
            var names = Renamed(newer, journey, rules);
            for (var index = 0; index < journey.Steps.Count; index++)
            {
                var step = journey.Steps[index];
                if (rules.Of(journey, step).Fate is not Fate.Move move || rules.For(journey, step) is not { } rule)
                    continue;
                var people = standing.Where(one => one.Version == version && one.Step == step.Id).Sum(one => one.People);
                if (!rule.Again && Twice(newer, journey, index, newer.IndexOf(move.Step), names) is { } twice)
                    yield return Of(rule, people, $"Whoever stands on step '{step.Id}' of version {version} may have had {twice} and would get it again. Move them behind it, or say again: true.");
                if (Lost(newer, journey, step, move.Step, names) is { } lost)
                    yield return Of(rule, 0, lost);
            }
        }
    }

    /// <summary>Send steps of the older version by id, with the id under which the new version has them: a rule from one send step to another says that.</summary>
    public static IReadOnlyDictionary<string, string> Renamed(Journey newer, Journey older, MoveRules rules) => older.Steps.OfType<SendStep>()
        .Select(step => (step.Id, Now: rules.Of(older, step).Fate is Fate.Move move && newer.Steps[newer.IndexOf(move.Step)] is SendStep ? move.Step : step.Id))
        .ToDictionary(pair => pair.Id, pair => pair.Now, StringComparer.Ordinal);

    private static string? Twice(Journey newer, Journey older, int from, int to, IReadOnlyDictionary<string, string> names)
    {
        var had = StepGraph.Before(older, from).Select(index => older.Steps[index]).OfType<SendStep>().ToList();
        if (had.Count == 0)
            return null;
        var ids = had.Select(step => names[step.Id]).ToHashSet(StringComparer.Ordinal);
        var messages = had.Select(step => step.Message).ToHashSet(StringComparer.Ordinal);
        var coming = StepGraph.From(newer, to).Order().Select(index => newer.Steps[index]).OfType<SendStep>()
            .FirstOrDefault(step => ids.Contains(step.Id) || (messages.Contains(step.Message) && !names.Values.Contains(step.Id)));
        return coming is null ? null : $"'{coming.Message}' (step '{coming.Id}')";
    }

    private static string? Lost(Journey newer, Journey older, Step from, string to, IReadOnlyDictionary<string, string> names)
    {
        if (newer.Steps[newer.IndexOf(to)] is not WaitForStep { Of: { } of } || names.Values.Contains(of) || from is WaitForStep { Of: not null })
            return null;
        return $"Step '{to}' waits for what step '{of}' has sent, which version {older.Version} doesn't have: whoever comes there from '{from.Id}' goes on by 'otherwise' at once.";
    }

    // Where nobody stands now, somebody may by the time of the publication: an error all the same.
    private static Fault Of(MoveRule rule, long people, string text) =>
        new(rule.File, rule.Line, rule.Column, text + (people > 0 ? $" {people} stand there." : ""), IsWarning: !text.EndsWith("again: true.", StringComparison.Ordinal));
}

using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Content;

/// <summary>Conditions of journeys and surveys that are the same for everybody, and branches that nobody comes to.</summary>
internal sealed class DeadConditions : ILintRule
{
    /// <inheritdoc/>
    public IEnumerable<Fault> Check(ContentFolder folder) =>
        folder.Journeys.Where(parse => parse.Journey is not null).SelectMany(parse => Rules(parse).Concat(Choices(parse)))
            .Concat(folder.Surveys.Where(parse => parse.Survey?.Case is not null).SelectMany(parse =>
                Constant(parse.File, parse.Survey!.Case!.When, parse.CasePlace, "no answer opens a case", "every answer opens a case")));

    private static IEnumerable<Fault> Rules(JourneyParse parse)
    {
        var journey = parse.Journey!;
        var begin = journey.Trigger switch { EventTrigger on => on.When, ScheduleTrigger schedule => schedule.When, _ => null };
        return Constant(parse, begin, null, "the journey never begins")
            .Concat(journey.Exits.SelectMany(exit => Constant(parse, exit.When, null, "it never ends the journey")))
            .Concat(Constant(parse, journey.Goal?.When, null, "the goal is never reached"))
            .Concat(journey.Steps.OfType<WaitForStep>().SelectMany(step => Constant(parse, step.When, step.Id, "the step always waits until time runs out")));
    }

    private static IEnumerable<Fault> Choices(JourneyParse parse)
    {
        foreach (var step in parse.Journey!.Steps.OfType<ChooseStep>())
        {
            var seen = new List<string>();
            Condition? catchAll = null;
            foreach (var branch in step.Branches)
            {
                var (line, column) = Place(parse, branch.When, step.Id, seen.Count(text => text == branch.When?.Source)) ?? (step.Line, 0);
                if (catchAll is not null)
                    yield return new Fault(parse.File, line, column, $"Nobody comes to {(branch.When is null ? "'otherwise'" : "this branch")}: 'when: {catchAll.Source}' above it is always true. Move it up, or correct the condition.", true);
                else if (branch.When is { } when && seen.Contains(when.Source))
                    yield return new Fault(parse.File, line, column, $"Nobody comes to this branch: 'when: {when.Source}' stands above it already. Remove it.", true);
                else if (branch.When?.Expression.ConstantTruth == false)
                    yield return new Fault(parse.File, line, column, $"Nobody comes to this branch: '{branch.When.Source}' is always false. Remove it, or correct the condition.", true);
                else if (branch.When?.Expression.ConstantTruth == true)
                    yield return new Fault(parse.File, line, column, $"'{branch.When.Source}' is always true. Write 'otherwise:' for the branch that takes the rest, or correct the condition.", true);
                if (branch.When is null)
                    continue;
                seen.Add(branch.When.Source);
                catchAll ??= branch.When.Expression.ConstantTruth == true ? branch.When : null;
            }
        }
    }

    private static IEnumerable<Fault> Constant(JourneyParse parse, Condition? when, string? stepId, string never) =>
        Place(parse, when, stepId, 0) is { } place ? Constant(parse.File, when!, place, never, "it decides nothing") : [];

    private static IEnumerable<Fault> Constant(string file, Condition when, (int Line, int Column) place, string never, string always) =>
        when.Expression.ConstantTruth is { } truth
            ? [new Fault(file, place.Line, place.Column, $"'{when.Source}' is always {(truth ? "true" : "false")}: {(truth ? always : never)}. Correct it, or remove it.", true)]
            : [];

    // The condition of a rule with 'survey' is made of two; the author's own half is what has a place.
    private static (int Line, int Column)? Place(JourneyParse parse, Condition? when, string? stepId, int number) => when is null
        ? null
        : parse.References.Where(reference => reference.Kind == ReferenceKind.Expression && reference.StepId == stepId && reference.Name == when.Source)
            .Skip(number).Select(reference => ((int, int)?)(reference.Line, reference.Column)).FirstOrDefault();
}

using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Explaining;

/// <summary>What splits count of the one who walks; where a split has put a walk stands among its steps.</summary>
internal static class SplitTelling
{
    public static IEnumerable<ExplainedLine> Of(Chain chain, Enrolment walk)
    {
        foreach (var person in chain.Facts.Splits.Where(one => one.EnrolmentId == walk.Id))
        {
            var counted = $"counted {For(person)} of {person.Split} until {Words.Moment(person.WatchedUntil)}";
            yield return new ExplainedLine(person.AssignedAt, "split", counted);
            if (person.GoalAt is { } goal)
                yield return new ExplainedLine(goal, "split", $"reached the goal, which counts {For(person)} of {person.Split}");
            if (person.EngagedAt is { } engaged && engaged != person.AnsweredAt)
                yield return new ExplainedLine(engaged, "split", $"read a message or replied, which counts {For(person)} of {person.Split}");
            if (person.AnsweredAt is { } answered)
                yield return new ExplainedLine(answered, "split", $"answered{(person.Score is { } score ? $" with {score}" : "")}, which counts {For(person)} of {person.Split}");
        }

        foreach (var (split, place) in walk.Context.Splits)
        {
            var first = chain.Facts.Splits.FirstOrDefault(person => person.Split == split);
            if (first is null)
                yield return new ExplainedLine(null, "split", $"not counted in {split}: variant {place.Variant} had won, so that nobody was divided at random any more");
            else if (first.EnrolmentId != walk.Id)
                yield return new ExplainedLine(null, "split", $"not counted in {split} again: counted {For(first)} since {Words.Moment(first.AssignedAt)}");
        }
    }

    private static string For(SplitPerson person) => person.Variant == SplitStep.HeldOut ? "as held out" : $"for variant {person.Variant}";
}

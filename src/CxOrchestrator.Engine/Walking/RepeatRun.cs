using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Triggers;

namespace CxOrchestrator.Engine.Walking;

/// <summary>Begins a round, or goes on below: the rounds are counted among the visits, and forgotten at the end, so that a round within a round counts anew.</summary>
internal static class RepeatRun
{
    public static StepOutcome Run(Walk walk, RepeatStep step)
    {
        var rounds = walk.Context.Visits.GetValueOrDefault(step.Id);
        if (rounds > 0 && step.Until is { } until)
        {
            var model = walk.Model();
            var holds = until.Holds(model, out var error);
            if (error is not null)
                return StepOutcome.Fails(step.Id, ConditionReason.NotTrue(until, model, error));
            if (holds)
                return Over(walk, step, $"{Rounds(rounds)}: {ConditionReason.True(until, model)}");
        }

        return rounds >= step.Most
            ? Over(walk, step, $"{Rounds(rounds)}, which is the most")
            : new StepOutcome.Go(step.First) { Did = $"round {walk.Visit(step)} of at most {step.Most}" };
    }

    private static StepOutcome.Go Over(Walk walk, RepeatStep step, string why)
    {
        // The next time the step counts from the beginning.
        walk.Forget(step);
        return new StepOutcome.Go(step.Next) { Did = $"over after {why}" };
    }

    private static string Rounds(int rounds) => rounds == 1 ? "1 round" : $"{rounds} rounds";
}

using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Times;
using CxOrchestrator.Engine.Triggers;

namespace CxOrchestrator.Engine.Walking;

/// <summary>Walks one enrolment from its step until it waits or ends, and gathers what the steps leave behind. Stores nothing itself.</summary>
internal sealed class Walker(WaitForRun waitFor, SendRun send, OpenCaseRun openCase, SplitRun split, CustomerTime time)
{
    /// <summary>Steps in one go; more can only be a loop without a wait.</summary>
    public const int MostSteps = 1_000;

    public async Task WalkAsync(Walk walk, CancellationToken cancellation)
    {
        for (var taken = 0; taken < MostSteps; taken++)
        {
            var index = walk.Journey.IndexOf(walk.Enrolment.StepId);
            if (index < 0)
            {
                walk.End(EnrolmentState.Failed, $"version {walk.Journey.Version} of {walk.Journey.Key} has no step {walk.Enrolment.StepId}");
                return;
            }

            var step = walk.Journey.Steps[index];
            switch (Failing(walk, step, await RunAsync(walk, step, cancellation)))
            {
                case StepOutcome.Stay stay:
                    walk.Note(step.Id, stay.Reason);
                    walk.StandIn(stay);
                    return;
                case StepOutcome.Over over:
                    walk.Leave(step.Id, over.Reason);
                    walk.End(over.State, over.Reason);
                    return;
                case StepOutcome.Go { Index: Step.End } go:
                    walk.Leave(step.Id, Did(go));
                    walk.End(EnrolmentState.Completed, go.Reason.Length > 0 ? $"walked to the end: {go.Reason}" : "walked to the end");
                    return;
                case StepOutcome.Go go:
                    walk.Leave(step.Id, Did(go));
                    walk.StandBefore(walk.Journey.Steps[go.Index]);
                    break;
            }
        }

        walk.End(EnrolmentState.Failed, $"{MostSteps} steps without a wait: the journey goes in a circle at step {walk.Enrolment.StepId}");
    }

    // A step that can't be done stops the walk for a person, unless its author said otherwise.
    private static StepOutcome Failing(Walk walk, Step step, StepOutcome outcome)
    {
        if (outcome is not StepOutcome.Over { State: EnrolmentState.Failed } failed || step.OnFailure == StepFailure.Stop)
            return outcome;
        if (step is RepeatStep repeat)
            walk.Forget(repeat);
        return step.OnFailure == StepFailure.Continue
            ? new StepOutcome.Go(step.Next) { Did = $"could not be done, and went on: {failed.Reason}" }
            : new StepOutcome.Over(EnrolmentState.Completed, $"left, because it could not be done: {failed.Reason}");
    }

    private static string Did(StepOutcome.Go go) => go.Did.Length > 0 ? go.Did : go.Reason;

    private async Task<StepOutcome> RunAsync(Walk walk, Step step, CancellationToken cancellation) => step switch
    {
        WaitStep wait => Wait(walk, wait),
        WaitForStep wait => await waitFor.RunAsync(walk, wait, cancellation),
        ChooseStep choose => Choose(walk, choose),
        RepeatStep repeat => RepeatRun.Run(walk, repeat),
        SplitStep divide => await split.RunAsync(walk, divide, cancellation),
        SendStep message => await send.RunAsync(walk, message, cancellation),
        OpenCaseStep open => await openCase.RunAsync(walk, open, cancellation),
        UpdateCustomerStep update => ValueRun.Update(walk, update),
        EmitStep emit => ValueRun.Emit(walk, emit),
        ExitStep exit => new StepOutcome.Over(EnrolmentState.Completed, exit.Reason.Length > 0 ? exit.Reason : $"left at step {exit.Id}"),
        _ => StepOutcome.Fails(step.Id, $"the engine doesn't know the step {step.GetType().Name}"),
    };

    private StepOutcome Wait(Walk walk, WaitStep step)
    {
        var until = walk.Enrolment.Entered && walk.Enrolment.DueAt is { } due ? due : time.Resolve(step.Until, walk.Now, walk.Person);
        return until <= walk.Now ? new StepOutcome.Go(step.Next) { Did = $"the wait until {until:u} is over" } : new StepOutcome.Stay(until, $"waits until {until:u}{time.Said(step.Until, until)}");
    }

    // A condition that can't be evaluated stops the walk for a person to see: taken as false it would leave an unhappy customer without a case.
    private static StepOutcome Choose(Walk walk, ChooseStep step)
    {
        var model = walk.Model();
        foreach (var branch in step.Branches)
        {
            if (branch.When is null)
                return new StepOutcome.Go(branch.Target) { Did = "no condition before is true: took otherwise" };
            var holds = branch.When.Holds(model, out var error);
            if (error is not null)
                return StepOutcome.Fails(step.Id, ConditionReason.NotTrue(branch.When, model, error));
            if (holds)
                return new StepOutcome.Go(branch.Target) { Did = ConditionReason.True(branch.When, model) };
        }

        return new StepOutcome.Go(step.Next) { Did = "no condition is true: went on" };
    }
}

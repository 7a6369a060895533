using CxOrchestrator.Core.Enrolments;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Walking;

/// <summary>Walks one enrolment of a batch; a step that fails takes this enrolment alone.</summary>
internal sealed class WalkGuard(Walker walker, ILogger<WalkGuard> log)
{
    /// <summary>The enrolment where it has come to, with its effects in the walk.</summary>
    /// <exception cref="FactsUnreadableException">The store's own trouble, which passes: the batch comes again.</exception>
    public async Task<Enrolment> WalkAsync(Walk walk)
    {
        var begun = walk.Enrolment;
        try
        {
            await walker.WalkAsync(walk, CancellationToken.None);
            return walk.Enrolment;
        }
        catch (Exception error) when (error is not FactsUnreadableException)
        {
            // It would come again for ever.
            log.LogError(error, "Enrolment {Enrolment} of {Journey} failed at step {Step}.", begun.Id, begun.Journey, walk.Enrolment.StepId);
            walk.Effects.Clear();
            return Failed(begun, $"step {walk.Enrolment.StepId} failed: {error.Message}", walk.Now);
        }
    }

    /// <summary>An enrolment that a person must look at.</summary>
    public static Enrolment Failed(Enrolment enrolment, string reason, DateTimeOffset now) => enrolment with
    {
        State = EnrolmentState.Failed,
        DueAt = null,
        WaitsFor = null,
        WaitsOn = null,
        EndedAt = now,
        Reason = reason,
    };
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Walking;

/// <summary>Walks one enrolment of a batch; a step that fails takes this enrolment alone.</summary>
internal sealed class WalkGuard(Walker walker, ILogger<WalkGuard> log)
{
    private static readonly TimeSpan CalendarPause = TimeSpan.FromMinutes(10);

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
        catch (UnknownCalendarException unknown)
        {
            // An admin can put that right; whoever walks is left where they stand, and no step of this walk is done.
            log.LogError("Enrolment {Enrolment} of {Journey} stays before step {Step}: {Fault}.", begun.Id, begun.Journey, walk.Enrolment.StepId, unknown.Message);
            walk.Effects.Clear();
            var again = walk.Now + CalendarPause;
            return begun with { DueAt = begun.DueAt > again ? begun.DueAt : again, Reason = unknown.Message };
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

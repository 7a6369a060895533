using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Engine.Walking;

/// <summary>What a step came to.</summary>
internal abstract record StepOutcome
{
    /// <summary>The walk goes on at once with another step, or ends where the index is <see cref="Core.Journeys.Step.End"/>.</summary>
    public sealed record Go(int Index, string Reason = "") : StepOutcome
    {
        /// <summary>What the step did, in words, for those who ask afterwards; empty where <see cref="Reason"/> says it.</summary>
        public string Did { get; init; } = "";
    }

    /// <summary>The walk stands here until a time, or until an event comes.</summary>
    public sealed record Stay(DateTimeOffset? DueAt, string Reason, string? WaitsFor = null, Guid? WaitsOn = null) : StepOutcome;

    /// <summary>The walk is over.</summary>
    public sealed record Over(EnrolmentState State, string Reason) : StepOutcome;

    /// <summary>A person must look: the step can't be done.</summary>
    public static StepOutcome Fails(string stepId, string reason) => new Over(EnrolmentState.Failed, $"step {stepId}: {reason}");
}

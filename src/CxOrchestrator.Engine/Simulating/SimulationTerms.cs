using CxOrchestrator.Core.Simulating;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>What a simulation is to do.</summary>
public sealed record SimulationTerms
{
    /// <summary>When it begins, in customers' time.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>
    /// How often it looks what is due: everything happens at the next such time, counted from midnight of UTC, so that no message is later than this. A quarter
    /// of an hour fits the times of day of every zone. Zero looks at the very second of everything, which takes longer.
    /// </summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The seed of what customers do.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How they answer.</summary>
    public AnswerRates Rates { get; init; } = AnswerRates.Nobody;

    /// <summary>The first time to look from a time on.</summary>
    public DateTimeOffset LookAt(DateTimeOffset time)
    {
        if (Step == TimeSpan.Zero)
            return time;
        var over = time.UtcTicks % Step.Ticks;
        return over == 0 ? time : new DateTimeOffset(time.UtcTicks - over + Step.Ticks, TimeSpan.Zero);
    }
}

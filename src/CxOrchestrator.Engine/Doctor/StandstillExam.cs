using CxOrchestrator.Core;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Engine.Doctor;

/// <summary>Finds journeys that stand still: paused for long, or in the middle of a publication with which nobody goes on.</summary>
internal sealed class StandstillExam(IJourneyStateStore states, IPublicationStore publications, Clocks clocks)
{
    // Whoever pauses a journey over a weekend knows of it.
    private static readonly TimeSpan Long = TimeSpan.FromDays(3);

    /// <summary>The findings, and the journeys that take nobody in, by somebody's word.</summary>
    public async Task<(IReadOnlyList<Finding> Findings, IReadOnlySet<string> Journeys)> ExamineAsync(CancellationToken cancellation)
    {
        var closed = (await states.AllAsync(cancellation)).Where(state => !state.TakesIn).ToList();
        var findings = new List<Finding>();
        foreach (var state in closed.Where(state => state.Standing == JourneyStanding.Paused && clocks.Now - state.Since > Long))
        {
            var held = await states.HeldAsync(state.Journey, clocks.Now, cancellation);
            findings.Add(new Finding(
                $"{state.Words} ({state.Journey}; it holds {held.Walks} walks and {held.Messages} messages)", 1, state.Since,
                $"cxo journeys resume {state.Journey} (or drain, or stop)", NeedsPerson: true));
        }

        var stuck = (await publications.OpenAsync(cancellation)).Where(one => clocks.Now - one.At > Doctor.Patience);
        findings.AddRange(stuck.Select(one => new Finding(
            $"the publication of version {one.Version} of {one.Journey} has not decided on everybody", 1, one.At,
            "A running service goes on with it: cxo run. Where it runs, read its log: the errors there name the cause.", NeedsPerson: true)));
        return (findings, closed.Select(state => state.Journey).ToHashSet(StringComparer.Ordinal));
    }
}

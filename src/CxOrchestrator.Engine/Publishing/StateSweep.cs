using System.Collections.Concurrent;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Engine.Publishing;

/// <summary>
/// Goes on with what follows from a journey's state: lets go of what was held when it is paused no longer, ends what a stopped one still has.
/// </summary>
internal sealed class StateSweep(IJourneyStateStore states, Clocks clocks, EngineOptions options)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lookAgain = new(StringComparer.Ordinal);

    /// <summary>A page of each journey. Gives how much was done.</summary>
    public async Task<int> PageAsync(CancellationToken stop)
    {
        var done = 0;
        foreach (var state in await states.AllAsync(stop))
            done += await PageAsync(state, stop);
        return done;
    }

    private async Task<int> PageAsync(JourneyState state, CancellationToken stop)
    {
        switch (state.Standing)
        {
            case JourneyStanding.Paused:
                return 0;
            case JourneyStanding.Stopped:
                // What was in a call when it was stopped comes back later: looked for now and then.
                if (_lookAgain.GetValueOrDefault(state.Journey) > clocks.MachineNow)
                    return 0;
                var ended = await states.StopAsync(state, clocks.Now, options.MoveBatch, stop);
                if (ended == 0)
                    _lookAgain[state.Journey] = clocks.MachineNow + options.SweepEvery;
                return ended;
            default:
                return await states.HeldAsync(state.Journey, state.Since, stop) is { Walks: 0, Messages: 0 } ? 0
                    : await states.ReleaseAsync(state, clocks.Now, options.MoveBatch, stop);
        }
    }
}

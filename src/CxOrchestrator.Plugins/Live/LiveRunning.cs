using System.Diagnostics.CodeAnalysis;
using CxOrchestrator.Plugins.Connections;
using CxOrchestrator.Plugins.Loading;

namespace CxOrchestrator.Plugins.Live;

/// <summary>Takes up changes: what trials came to first, then whatever else is wanted since the last time.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore holds nothing to free unless its wait handle is asked for.")]
internal sealed class LiveRunning(
    PluginSet plugins, ConnectionSet connections, WantedReading reading, Reconciling reconciling, TrialBook trials)
{
    private readonly SemaphoreSlim _alone = new(1, 1);
    private string? _taken;

    /// <summary>Makes everything stand for the first time.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        try
        {
            // Before it is read: what changes in between is seen as a change.
            _taken = reading.Mark();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _taken = null;
        }

        await reconciling.ApplyAsync(reading.ReadAtStart(), cancellation);
    }

    /// <summary>Takes up what has changed.</summary>
    /// <returns>True where something had.</returns>
    /// <exception cref="IOException">Book or connections can't be read or written.</exception>
    /// <exception cref="InvalidDataException">The book has faults; what runs goes on.</exception>
    public async Task<bool> TakeUpAsync(CancellationToken cancellation)
    {
        await _alone.WaitAsync(cancellation);
        try
        {
            await EndTrialsAsync(cancellation);
            var mark = reading.Mark();
            if (mark == _taken)
                return false;
            await reconciling.ApplyAsync(reading.Read(), cancellation);
            _taken = mark;
            return true;
        }
        finally
        {
            _alone.Release();
        }
    }

    private async Task EndTrialsAsync(CancellationToken cancellation)
    {
        foreach (var trial in plugins.Slots.Select(slot => slot.Candidate?.Trial).ToList())
        {
            if (trial is null)
                continue;
            trial.Judge(used: connections.Slots.Any(slot =>
                slot.Live is not null && string.Equals(slot.Plan.PluginId, trial.Plugin, StringComparison.OrdinalIgnoreCase)));
            if (trial.Decision is not null)
                await trials.WriteAsync(trial, cancellation);
        }
    }
}

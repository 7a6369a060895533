using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.Plugins.Upgrades;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.Live;

/// <summary>
/// Writes into the book what trials came to. The book changes before anything else does, but for the calls, which stop at once: a
/// process that is killed before the book is written tries the version again, and one that is killed after it never does.
/// </summary>
internal sealed class TrialBook(InstalledBook book, TimeProvider machine, ILogger log)
{
    // A version that is put in again and again would fill the book.
    private const int RollbacksKept = 20;

    /// <summary>Writes what one trial came to; where the book says something else by now, an admin has, and it stands.</summary>
    /// <exception cref="IOException">The book can't be read or written.</exception>
    /// <exception cref="InvalidDataException">The book has faults.</exception>
    public async Task WriteAsync(Trial trial, CancellationToken cancellation)
    {
        var written = false;
        await book.ChangeAsync(
            state =>
            {
                var plugin = state.Find(trial.Plugin);
                if (plugin?.Candidate is not { } candidate || candidate.Version != trial.Version || candidate.Since != trial.Since)
                    return state;
                written = true;
                return state.With(trial.Plugin, After(plugin, trial));
            },
            cancellation);
        if (!written)
            return;
        if (trial.Decision is TrialDecision.Back back)
            log.LogWarning("{Plugin} {Version} goes back: {Reason}", trial.Plugin, trial.Version, back.Reason);
        else if (trial.Decision is TrialDecision.Forward forward)
            log.LogInformation("{Plugin} {Version} is the active version now: {Reason}", trial.Plugin, trial.Version, forward.Reason);
    }

    private InstalledPlugin After(InstalledPlugin plugin, Trial trial) => trial.Decision switch
    {
        TrialDecision.Back back => plugin with
        {
            Candidate = null,
            Rollbacks = [.. plugin.Rollbacks.TakeLast(RollbacksKept - 1), new Rollback(trial.Version, machine.GetUtcNow(), back.Reason)],
        },
        TrialDecision.Forward => plugin with { Active = trial.Version, Previous = plugin.Active, Candidate = null },
        _ => plugin,
    };
}

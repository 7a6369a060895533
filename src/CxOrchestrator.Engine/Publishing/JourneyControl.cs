using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Engine.Publishing;

/// <summary>
/// Pauses, resumes, drains and stops journeys. A word is stored first; what follows from it is done in pages, by this call, by the running engine, or by the
/// next call.
/// </summary>
public sealed class JourneyControl(IJourneyStateStore states, IContentStore content, CoreSettings settings, Clocks clocks, EngineOptions options)
{
    /// <summary>What was due before this, in customers' time, is late.</summary>
    public DateTimeOffset LateBefore => settings.LateAfter is { } after ? clocks.Now - after : DateTimeOffset.UnixEpoch;

    /// <summary>How a journey stands; live where nothing was said.</summary>
    /// <exception cref="ArgumentException">No such journey is published; the message says which there are.</exception>
    public async Task<JourneyState> OfAsync(string journey, CancellationToken cancellation)
    {
        var keys = (await content.LatestAsync(ContentKind.Journey, cancellation)).Select(one => one.Key).ToList();
        if (!keys.Contains(journey))
            throw new ArgumentException($"No journey {journey} is published.{Nearest.Hint(journey, keys)}", nameof(journey));
        return (await states.AllAsync(cancellation)).FirstOrDefault(state => state.Journey == journey)
            ?? new JourneyState(journey, JourneyStanding.Live, clocks.Now, "", "");
    }

    /// <summary>Nobody enters and nobody walks.</summary>
    public Task<JourneyState> PauseAsync(JourneyState now, string by, string why, CancellationToken cancellation) =>
        SetAsync(now.Journey, JourneyStanding.Paused, by, why, null, cancellation);

    /// <summary>Nobody enters.</summary>
    public Task<JourneyState> DrainAsync(JourneyState now, string by, string why, CancellationToken cancellation) =>
        SetAsync(now.Journey, JourneyStanding.Draining, by, why, null, cancellation);

    /// <summary>Nobody enters, and everybody leaves; <see cref="EndAsync"/> goes on with it.</summary>
    public Task<JourneyState> StopAsync(JourneyState now, string by, string why, CancellationToken cancellation) =>
        SetAsync(now.Journey, JourneyStanding.Stopped, by, why, null, cancellation);

    /// <summary>
    /// It is live again; <see cref="ReleaseAsync"/> lets go of what was held. Runs of a schedule that fell due while it was closed to newcomers are not
    /// made up for.
    /// </summary>
    /// <param name="now">How it stands.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="why">Why.</param>
    /// <param name="skipLate">Whether what is late is not made up for.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<JourneyState> ResumeAsync(JourneyState now, string by, string why, bool skipLate, CancellationToken cancellation) =>
        SetAsync(now.Journey, JourneyStanding.Live, by, why, now.Standing != JourneyStanding.Paused ? clocks.Now : skipLate ? LateBefore : null, cancellation);

    /// <summary>What a pause holds, and how much of it is late.</summary>
    public Task<HeldCount> HeldAsync(JourneyState now, CancellationToken cancellation) => states.HeldAsync(now.Journey, LateBefore, cancellation);

    /// <summary>Lets go of all that was held. Gives how much.</summary>
    public async Task<long> ReleaseAsync(JourneyState state, CancellationToken cancellation)
    {
        var all = 0L;
        while (await states.ReleaseAsync(state, clocks.Now, options.MoveBatch, cancellation) is > 0 and var page)
            all += page;
        return all;
    }

    /// <summary>Ends all walks and cancels all messages of a stopped journey. Gives how many.</summary>
    public async Task<long> EndAsync(JourneyState state, CancellationToken cancellation)
    {
        var all = 0L;
        while (await states.StopAsync(state, clocks.Now, options.MoveBatch, cancellation) is > 0 and var page)
            all += page;
        return all;
    }

    private async Task<JourneyState> SetAsync(
        string journey, JourneyStanding standing, string by, string why, DateTimeOffset? skipBefore, CancellationToken cancellation)
    {
        var state = new JourneyState(journey, standing, clocks.Now, by, why, skipBefore);
        await states.SetAsync(state, cancellation);
        return state;
    }
}

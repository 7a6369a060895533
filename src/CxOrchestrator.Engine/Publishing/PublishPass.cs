using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Publishing;

/// <summary>Takes up what whoever began it has left unfinished, a page at a time: publications, resumptions, stops.</summary>
internal sealed class PublishPass(IPublicationStore publications, PeopleMover mover, StateSweep states, Nudges nudges, ILogger<PublishPass> log) : IPass
{
    /// <inheritdoc/>
    public Work Work => Work.Publications;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var forward = await states.PageAsync(stop);
        if (forward > 0)
        {
            nudges.Nudge(Work.Enrolments);
            nudges.NudgeSending();
        }

        foreach (var publication in await publications.OpenAsync(stop))
        {
            var moved = await GuardedAsync(publication, stop);
            forward += moved;
            if (moved > 0)
                nudges.Nudge(Work.Enrolments);
        }

        return forward;
    }

    // One journey's trouble is not another's.
    private async Task<int> GuardedAsync(Publication publication, CancellationToken stop)
    {
        try
        {
            return await mover.PageAsync(publication, stop);
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            log.LogError(error, "Journey {Journey}: the publication of version {Version} could not go on; it is tried again.", publication.Journey, publication.Version);
            return 0;
        }
    }
}

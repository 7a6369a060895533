using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Engine.Cases;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Errands;

/// <summary>Reads a ticket again and lets its case follow; a ticket without a case of ours is not read.</summary>
internal sealed class ReadTicketRun(ErrandCall calls, ICaseStore cases, CaseFollowing following) : IErrandRun
{
    /// <inheritdoc/>
    public ErrandKind Kind => ErrandKind.ReadTicket;

    /// <inheritdoc/>
    public async Task<ErrandOutcome> RunAsync(Errand errand)
    {
        if (await cases.FindAsync(errand.Connection, [errand.Subject], CancellationToken.None) is not [_, ..])
            return new ErrandOutcome.Done("no case of ours");
        var (ticket, instead) = await calls.CallAsync<ITicketReader, Ticket?>(
            errand.Connection, Capability.TicketReader, CallKind.Read, (reader, cancellation) => reader.FindAsync(errand.Subject, cancellation));
        if (instead is not null)
            return instead;
        // Read once more: the call took its time, and the case may stand elsewhere by now.
        foreach (var found in await cases.FindAsync(errand.Connection, [errand.Subject], CancellationToken.None))
            await following.FollowAsync(found, ticket, CancellationToken.None);
        return new ErrandOutcome.Done(ticket?.State.ToString() ?? "the ticket is gone");
    }
}

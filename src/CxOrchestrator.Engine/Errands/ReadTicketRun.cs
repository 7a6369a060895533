using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Engine.Cases;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Errands;

/// <summary>
/// Reads a ticket again and lets its case follow; a ticket without a case of ours is not read. Where the connection can't read tickets (a chat, say), what
/// it told of the ticket's state is all that there is.
/// </summary>
internal sealed class ReadTicketRun(ErrandCall calls, ICaseStore cases, CaseFollowing following) : IErrandRun
{
    /// <inheritdoc/>
    public ErrandKind Kind => ErrandKind.ReadTicket;

    /// <inheritdoc/>
    public async Task<ErrandOutcome> RunAsync(Errand errand)
    {
        if (await cases.FindAsync(errand.Connection, [errand.Subject], CancellationToken.None) is not [_, ..])
            return new ErrandOutcome.Done("no case of ours");
        if (!calls.MayDo(errand.Connection, Capability.TicketReader))
            return await BelieveAsync(errand);
        var (ticket, instead) = await calls.CallAsync<ITicketReader, Ticket?>(
            errand.Connection, Capability.TicketReader, CallKind.Read, (reader, cancellation) => reader.FindAsync(errand.Subject, cancellation));
        if (instead is not null)
            return instead;
        await FollowAsync(errand, ticket);
        return new ErrandOutcome.Done(ticket?.State.ToString() ?? "the ticket is gone");
    }

    private async Task<ErrandOutcome> BelieveAsync(Errand errand)
    {
        if (!Enum.TryParse<TicketState>(errand.Text, ignoreCase: true, out var told) || !Enum.IsDefined(told))
            return new ErrandOutcome.Done("the tickets there can't be read, and no state was told");
        await FollowAsync(errand, new Ticket(errand.Subject, "", told, null, null, errand.AskedAt));
        return new ErrandOutcome.Done($"told: {told}");
    }

    // Read once more: a call takes its time, and the case may stand elsewhere by now.
    private async Task FollowAsync(Errand errand, Ticket? ticket)
    {
        foreach (var found in await cases.FindAsync(errand.Connection, [errand.Subject], CancellationToken.None))
            await following.FollowAsync(found, ticket, CancellationToken.None);
    }
}

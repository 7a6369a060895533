using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Errands;

/// <summary>Tells the agents something on a case's ticket, under the errand's key: a comment whose reply was lost is not there twice.</summary>
internal sealed class CommentRun(ErrandCall calls, ICaseStore cases) : IErrandRun
{
    /// <inheritdoc/>
    public ErrandKind Kind => ErrandKind.CommentOnCase;

    /// <inheritdoc/>
    public async Task<ErrandOutcome> RunAsync(Errand errand)
    {
        switch (await cases.FindAsync(errand.Subject, CancellationToken.None))
        {
            case null:
                return new ErrandOutcome.Dead("there is no such case");
            case { State: CaseState.Refused }:
                return new ErrandOutcome.Dead("the helpdesk refused the case's ticket");
            case { Connection: { } connection, TicketId: { } ticket }:
                return await TellAsync(errand, connection, ticket);
            default:
                return new ErrandOutcome.Again("the ticket is still to be opened", null, Tried: false);
        }
    }

    private async Task<ErrandOutcome> TellAsync(Errand errand, string connection, string ticket)
    {
        var (result, instead) = await calls.CallAsync<ITicketWriter, WriteResult>(
            connection, Capability.TicketWriter, CallKind.Write, (writer, cancellation) => writer.CommentAsync(ticket, errand.Key, errand.Text, cancellation));
        return instead ?? result switch
        {
            Written => new ErrandOutcome.Done($"told on ticket {ticket}"),
            WriteRefused refused => new ErrandOutcome.Dead($"{connection} refused it: {refused.Code} {refused.Text}"),
            WriteRetry retry => new ErrandOutcome.Again(retry.Text, retry.RetryAfter, Tried: true),
            _ => new ErrandOutcome.Again($"{connection} gave no result", null, Tried: true),
        };
    }
}

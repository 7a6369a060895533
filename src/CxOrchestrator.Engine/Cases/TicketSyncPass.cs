using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Cases;

/// <summary>
/// Asks helpdesks, on one node at a time, which tickets have changed, for those that don't call us and for calls that were lost. A ticket of a case that stands otherwise becomes an
/// errand to read it again, so that one reader at a time decides; the cursor moves on after that is stored. A helpdesk isn't asked before there is a case.
/// </summary>
internal sealed class TicketSyncPass(
    IConnections connections, IMarkStore marks, ICaseStore cases, IWork work, Pace pace, Turns turns, Clocks clocks, EngineOptions options, Nudges nudges, ILogger<TicketSyncPass> log) : IPass
{
    private const int MostPages = 20;

    /// <inheritdoc/>
    public Work Work => Work.TicketSync;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var asked = 0;
        foreach (var helpdesk in connections.Connections)
        {
            if (helpdesk.Capabilities.Contains(Capability.TicketReader) && connections.Accepts(helpdesk.Name) && pace.Allows(helpdesk.Name))
                asked += await GuardedAsync(helpdesk.Name, stop);
        }

        if (asked > 0)
            nudges.Nudge(Work.Errands);
        return asked;
    }

    private async Task<int> GuardedAsync(string helpdesk, CancellationToken stop)
    {
        try
        {
            await using var turn = await turns.TakeAsync($"ticket-sync/{helpdesk}", options.PollEvery * 0.9, stop);
            return turn is null ? 0 : await SyncAsync(helpdesk, turn, stop);
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            pace.Failed(helpdesk);
            log.LogError(error, "{Connection}: the changes of its tickets could not be taken in; they are asked for again.", helpdesk);
            return 0;
        }
    }

    private async Task<int> SyncAsync(string helpdesk, Turn turn, CancellationToken stop)
    {
        var name = $"ticket-sync/{helpdesk}";
        var cursor = await marks.ReadAsync(name, stop);
        if (cursor is null && (await cases.ListAsync(CaseState.Open, 1, stop)).Count == 0)
            return 0;
        var asked = 0;
        for (var pages = 0; pages < MostPages && !stop.IsCancellationRequested && await turn.StillAsync(stop); pages++)
        {
            var from = cursor;
            var result = await connections.CallAsync<ITicketReader, Page<Ticket>>(
                helpdesk, CallKind.Read, (reader, cancellation) => reader.ChangedSinceAsync(from, cancellation), stop);
            if (result is not CallResult<Page<Ticket>>.Answered { Value: { } page })
            {
                pace.Failed(helpdesk, (result as CallResult<Page<Ticket>>.NotCalled)?.RetryAfter);
                return asked;
            }

            pace.Worked(helpdesk);
            asked += await AskAsync(helpdesk, page.Items);
            if (page.NextCursor is null || page.NextCursor == cursor)
            {
                turn.Done();
                return asked;
            }

            cursor = page.NextCursor;
            await marks.WriteAsync(name, cursor, CancellationToken.None);
            if (page.Items.Count == 0)
            {
                turn.Done();
                return asked;
            }
        }

        return asked;
    }

    private async Task<int> AskAsync(string helpdesk, IReadOnlyList<Ticket> tickets)
    {
        if (tickets.Count == 0)
            return 0;
        var ours = await cases.FindAsync(helpdesk, [.. tickets.Select(ticket => ticket.Id).Distinct()], CancellationToken.None);
        var states = tickets.GroupBy(ticket => ticket.Id).ToDictionary(group => group.Key, group => group.Last().State);
        var changed = ours.Where(one => one.TicketId is { } id && IsSolved(states[id]) != (one.State == CaseState.Solved)).ToList();
        if (changed.Count > 0)
        {
            var now = clocks.Now;
            var errands = changed.Select(one => Errand.Ticket(helpdesk, one.TicketId!, now)).ToList();
            await work.CommitAsync(new Effects { Errands = errands }, CancellationToken.None);
        }

        return changed.Count;
    }

    private static bool IsSolved(TicketState state) => state is TicketState.Solved or TicketState.Closed;
}

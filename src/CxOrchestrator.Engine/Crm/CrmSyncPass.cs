using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Crm;

/// <summary>
/// Keeps customers as the CRM has them, page by page of its changes, on one node at a time; the cursor moves on only after a page is stored, so that after a crash the same page
/// comes again and changes nothing. The first time it is everybody. Off with <c>Crm:Sync</c>; never from a connection that keeps what it is given instead
/// of sending it (the sandbox), whose people are only what was written to it.
/// </summary>
internal sealed class CrmSyncPass(
    IConnections connections, IMarkStore marks, CrmPeople people, CoreSettings settings, Pace pace, Turns turns, EngineOptions options, ILogger<CrmSyncPass> log) : IPass
{
    // The rest comes with the next batch, so that stopping doesn't wait for a whole CRM.
    private const int MostPages = 20;

    /// <inheritdoc/>
    public Work Work => Work.CrmSync;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (!settings.CrmSync || connections.For(Capability.CrmReader) is not { } crm || crm.Capabilities.Contains(Capability.Outbox))
            return 0;
        if (!connections.Accepts(crm.Name) || !pace.Allows(crm.Name))
            return 0;
        try
        {
            await using var turn = await turns.TakeAsync($"crm-sync/{crm.Name}", options.PollEvery * 0.9, stop);
            return turn is null ? 0 : await SyncAsync(crm.Name, turn, stop);
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            pace.Failed(crm.Name);
            log.LogError(error, "{Connection}: the changes of its people could not be taken in; they are asked for again.", crm.Name);
            return 0;
        }
    }

    private async Task<int> SyncAsync(string crm, Turn turn, CancellationToken stop)
    {
        var name = $"crm-sync/{crm}";
        var cursor = await marks.ReadAsync(name, stop);
        var changed = 0;
        for (var pages = 0; pages < MostPages; pages++)
        {
            if (stop.IsCancellationRequested || !await turn.StillAsync(stop) || await PageAsync(crm, cursor, stop) is not { } page)
                return changed;
            var taken = await people.TakeInAsync(crm, page.Items, CancellationToken.None);
            changed += taken.Count(one => one.Outcome != UpsertOutcome.Unchanged);
            if (page.NextCursor is null || page.NextCursor == cursor)
            {
                turn.Done();
                return changed;
            }

            cursor = page.NextCursor;
            await marks.WriteAsync(name, cursor, CancellationToken.None);
            if (page.Items.Count == 0)
            {
                turn.Done();
                return changed;
            }
        }

        // There is more, also where nothing of this was new.
        return Math.Max(1, changed);
    }

    private async Task<Page<CrmPerson>?> PageAsync(string crm, string? cursor, CancellationToken stop)
    {
        var result = await connections.CallAsync<ICrmReader, Page<CrmPerson>>(
            crm, CallKind.Read, (reader, cancellation) => reader.ChangedSinceAsync(cursor, cancellation), stop);
        if (result is CallResult<Page<CrmPerson>>.Answered { Value: { } page })
        {
            pace.Worked(crm);
            return page;
        }

        pace.Failed(crm, (result as CallResult<Page<CrmPerson>>.NotCalled)?.RetryAfter);
        return null;
    }
}

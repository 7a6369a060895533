using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Polling;

/// <summary>
/// Asks connections for what happened, one node at a time. The cursor moves on only after the events are stored; after a crash the same ones come again and are known.
/// </summary>
internal sealed class PollPass(
    IConnections connections, IMarkStore marks, IConnectorIntake intake, Pace pace, PollHints hints, Turns turns, Clocks clocks, EngineOptions options, ILogger<PollPass> log) : IPass
{
    // The rest comes with the next pass, so that one talkative connection doesn't keep the others waiting.
    private const int MostPages = 20;

    private IReadOnlySet<string> _hinted = new HashSet<string>();
    private DateTimeOffset? _allAt;

    /// <inheritdoc/>
    public Work Work => Work.Polling;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var stored = 0;
        var chosen = Chosen();
        foreach (var connection in connections.Connections.Where(one => chosen is null || chosen.Contains(one.Name)))
        {
            if (connection.Capabilities.Contains(Capability.EventPoller) && connections.Accepts(connection.Name) && pace.Allows(connection.Name))
                stored += await GuardedAsync(connection.Name, chosen is null, stop);
        }

        return stored;
    }

    // Null for all. A mailbox that is written to all the time must not have all others polled with it: those come at their time, and what asked is polled
    // until it has told all. Somewhat less than the time itself, because the one who nudges is not exact.
    private IReadOnlySet<string>? Chosen()
    {
        var asked = hints.Take();
        var isTime = _allAt is not { } at || clocks.MachineNow - at >= options.PollEvery * 0.9;
        if (isTime || (asked.Count == 0 && _hinted.Count == 0))
        {
            (_hinted, _allAt) = (new HashSet<string>(), clocks.MachineNow);
            return null;
        }

        return _hinted = asked.Count > 0 ? asked : _hinted;
    }

    // What one connection tells wrongly doesn't keep the others from telling.
    private async Task<int> GuardedAsync(string connection, bool isTime, CancellationToken stop)
    {
        try
        {
            // What another node has asked for a moment ago is asked for again only where this one was told of something new.
            var notWithin = isTime ? options.PollEvery * 0.9 : TimeSpan.Zero;
            await using var turn = await turns.TakeAsync($"poll/{connection}", notWithin, stop);
            return turn is null ? 0 : await PollAsync(connection, turn, stop);
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            pace.Failed(connection);
            log.LogError(error, "{Connection}: what it told could not be taken in; it is asked again.", connection);
            return 0;
        }
    }

    private async Task<int> PollAsync(string connection, Turn turn, CancellationToken stop)
    {
        var name = $"poll/{connection}";
        var cursor = await marks.ReadAsync(name, stop);
        var stored = 0;
        for (var pages = 0; pages < MostPages && !stop.IsCancellationRequested && await turn.StillAsync(stop); pages++)
        {
            var from = cursor;
            var result = await connections.CallAsync<IEventPoller, Page<ConnectorEvent>>(
                connection, CallKind.Read, (poller, cancellation) => poller.PollAsync(from, cancellation), stop);
            if (result is not CallResult<Page<ConnectorEvent>>.Answered { Value: { } page })
            {
                pace.Failed(connection, (result as CallResult<Page<ConnectorEvent>>.NotCalled)?.RetryAfter);
                return stored;
            }

            pace.Worked(connection);
            stored += await StoreAsync(connection, page.Items);
            if (page.NextCursor is null || page.NextCursor == cursor)
            {
                turn.Done();
                return stored;
            }

            cursor = page.NextCursor;
            await marks.WriteAsync(name, cursor, CancellationToken.None);
            if (page.Items.Count == 0)
            {
                turn.Done();
                return stored;
            }
        }

        return stored;
    }

    private async Task<int> StoreAsync(string connection, IReadOnlyList<ConnectorEvent> told)
    {
        var results = await intake.AcceptAsync(connection, told, CancellationToken.None);
        var refused = results.Where(result => result.Outcome == IntakeOutcome.Refused).ToList();
        if (refused.Count > 0)
            log.LogWarning("{Connection} told {Count} events that were refused; the first: {Reason}", connection, refused.Count, refused[0].Reason);
        return results.Count(result => result.Outcome == IntakeOutcome.Stored);
    }
}

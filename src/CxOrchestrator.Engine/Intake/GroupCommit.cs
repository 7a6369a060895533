using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Engine.Intake;

/// <summary>
/// Stores the events of many calls in one transaction: whatever waits when a writer comes round goes together, and each call is answered after the
/// commit. Nothing waits for a group to fill: a call that finds a writer at rest is stored at once, and while writers commit, the next group gathers. How
/// many may wait is for those to bound who let callers in.
/// </summary>
internal sealed class GroupCommit(IEventStore store, EngineOptions options)
{
    private readonly Lock _gate = new();
    private readonly Queue<WaitingEvents> _waiting = [];
    private int _writers;

    /// <summary>Stores the events of a call, all or none; true for each that is new. Ends after the commit.</summary>
    public Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<CustomerEvent> events, CancellationToken cancellation)
    {
        var call = new WaitingEvents(events, cancellation);
        lock (_gate)
        {
            _waiting.Enqueue(call);
            if (_writers == options.IntakeWriters)
                return call.Stored;
            _writers++;
        }

        _ = Task.Run(WriteAsync, CancellationToken.None);
        return call.Stored;
    }

    // Writers come and go with the work, so that what uses the intake needn't start and stop them.
    private async Task WriteAsync()
    {
        var group = new List<WaitingEvents>();
        while (TakeGroup(group))
        {
            await StoreAsync(group);
            group.Clear();
        }
    }

    private bool TakeGroup(List<WaitingEvents> group)
    {
        lock (_gate)
        {
            var events = 0;
            while (_waiting.TryPeek(out var next) && (group.Count == 0 || events + next.Events.Count <= options.IntakeGroup))
            {
                _waiting.Dequeue();
                if (next.GivenUp())
                    continue;
                group.Add(next);
                events += next.Events.Count;
            }

            if (group.Count == 0)
                _writers--;
            return group.Count > 0;
        }
    }

    private async Task StoreAsync(List<WaitingEvents> group)
    {
        try
        {
            IReadOnlyList<CustomerEvent> all = group.Count == 1 ? group[0].Events : [.. group.SelectMany(call => call.Events)];
            Answer(group, await store.AppendAsync(all, CancellationToken.None));
        }
        catch (StoreFaultException fault) when (fault.MayPass)
        {
            group.ForEach(call => call.Failed(fault));
            // They would wait as long again to be told the same.
            FailWaiting(fault);
        }
        catch (Exception fault) when (group.Count == 1)
        {
            group[0].Failed(fault);
        }
        catch (Exception)
        {
            // One of them can't be stored, and nothing of the group is: the others must not suffer for it.
            foreach (var call in group)
                await StoreAsync([call]);
        }
    }

    private static void Answer(List<WaitingEvents> group, IReadOnlyList<bool> fresh)
    {
        if (group.Count == 1)
        {
            group[0].Done(fresh);
            return;
        }

        var at = 0;
        foreach (var call in group)
        {
            var own = new bool[call.Events.Count];
            for (var i = 0; i < own.Length; i++)
                own[i] = fresh[at++];
            call.Done(own);
        }
    }

    private void FailWaiting(Exception fault)
    {
        WaitingEvents[] waiting;
        lock (_gate)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var call in waiting)
            call.Failed(fault);
    }
}

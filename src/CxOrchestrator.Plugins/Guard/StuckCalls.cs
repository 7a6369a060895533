using System.Collections.Concurrent;

namespace CxOrchestrator.Plugins.Guard;

/// <summary>The calls of one guard that nobody waits for any more and that still hold their slots.</summary>
internal sealed class StuckCalls
{
    private readonly ConcurrentDictionary<ConcurrencyLimit.Slot, bool> _slots = new();

    /// <summary>Frees a slot once its call has returned, whenever that is.</summary>
    public void Watch(ConcurrencyLimit.Slot slot, Task call)
    {
        if (!call.IsCompleted)
        {
            _slots[slot] = true;
            _ = call.ContinueWith(
                _ => _slots.TryRemove(slot, out var _),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        slot.ReleaseAfter(call);
    }

    /// <summary>
    /// Frees all of them now: a version that was taken out of use must not hold the slots of the one that goes on.
    /// </summary>
    public void GiveUp()
    {
        foreach (var slot in _slots.Keys)
            slot.Release();
    }
}

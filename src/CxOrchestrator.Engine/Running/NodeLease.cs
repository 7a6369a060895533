using System.Collections.Concurrent;
using CxOrchestrator.Core;

namespace CxOrchestrator.Engine.Running;

/// <summary>
/// This node's lease as it knows it: by its own monotonic timer from before it asked for it, so that it ends here before it ends in the store. Where nobody renews one
/// (work that is pumped by hand) it always holds.
/// </summary>
public sealed class NodeLease(Clocks clocks, EngineOptions options)
{
    // What a call may be late by between the look at the lease and its first byte.
    private TimeSpan Margin => options.NodeLease / 3;

    private readonly ConcurrentDictionary<Work, long> _done = new();
    private long _askedAt;
    private volatile bool _isKept;
    private volatile bool _isHeld;

    /// <summary>True where work may be begun: more than a margin of the lease is left, a third of its length.</summary>
    public bool Holds => !_isKept || (_isHeld && clocks.Machine.GetElapsedTime(Volatile.Read(ref _askedAt)) < options.NodeLease - Margin);

    /// <summary>How much came forward since the start, by kind of work.</summary>
    public IReadOnlyDictionary<string, long> Done => _done.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value);

    /// <summary>So much of a kind of work came forward.</summary>
    internal void Did(Work work, int forward) => _done.AddOrUpdate(work, forward, (_, before) => before + forward);

    /// <summary>The store has renewed it.</summary>
    /// <param name="askedAt">The machine clock's timestamp from before the store was asked.</param>
    internal void Renewed(long askedAt)
    {
        Volatile.Write(ref _askedAt, askedAt);
        _isHeld = true;
        _isKept = true;
    }

    /// <summary>The store has not, and won't.</summary>
    internal void End() => (_isHeld, _isKept) = (false, true);
}

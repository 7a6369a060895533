using System.Collections.Concurrent;
using CxOrchestrator.Core;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Keeps a connection that doesn't work from being called without end. Deliveries that were deferred are due again in customers' time, which may run
/// thousands of times faster than the machine's; a dead server must be left alone in machine time.
/// </summary>
public sealed class Pace(Clocks clocks)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset Until)> _held = new(StringComparer.Ordinal);

    /// <summary>Whether the connection may be called now.</summary>
    public bool Allows(string connection) => !_held.TryGetValue(connection, out var held) || held.Until <= clocks.MachineNow;

    /// <summary>How many groups of calls in a row did not come through.</summary>
    public int Failures(string connection) => _held.TryGetValue(connection, out var held) ? held.Failures : 0;

    /// <summary>A call came through. True where the one before did not.</summary>
    public bool Worked(string connection) => _held.TryRemove(connection, out _);

    /// <summary>No call of a group came through: the pause doubles with every such group, from 250 ms to 10 s, and is at least what was asked for (an hour at most).</summary>
    public void Failed(string connection, TimeSpan? retryAfter = null)
    {
        var now = clocks.MachineNow;
        _held.AddOrUpdate(connection, _ => (1, now + Pause(1, retryAfter)), (_, held) => (held.Failures + 1, now + Pause(held.Failures + 1, retryAfter)));
    }

    private static TimeSpan Pause(int failures, TimeSpan? retryAfter)
    {
        var own = First * Math.Pow(2, Math.Min(failures - 1, 10));
        own = own < Longest ? own : Longest;
        var asked = retryAfter > LongestAsked ? LongestAsked : retryAfter;
        return asked > own ? asked.Value : own;
    }
}

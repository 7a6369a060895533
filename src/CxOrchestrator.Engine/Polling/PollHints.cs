using System.Collections.Concurrent;
using CxOrchestrator.Engine.Running;

namespace CxOrchestrator.Engine.Polling;

/// <summary>
/// Connections that say that they have something to tell (<see cref="Sdk.ServiceFacts.MailboxChanged"/>). Kept in memory: a hint that is lost loses nothing,
/// because every connection is polled at its time.
/// </summary>
public sealed class PollHints(Nudges nudges)
{
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);

    /// <summary>Lets a connection be polled at once; never waits.</summary>
    public void Ask(string connection)
    {
        _asked[connection] = true;
        nudges.Nudge(Work.Polling);
    }

    /// <summary>Those that asked since the last time.</summary>
    internal IReadOnlySet<string> Take() => _asked.Keys.Where(connection => _asked.TryRemove(connection, out _)).ToHashSet(StringComparer.Ordinal);
}

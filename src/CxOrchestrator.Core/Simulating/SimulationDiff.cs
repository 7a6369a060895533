using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Simulating;

/// <summary>What the simulated files change against what is in force: two runs with the same people, events and dice.</summary>
/// <param name="More">Customers who get more messages of these journeys.</param>
/// <param name="Fewer">Customers who get fewer.</param>
/// <param name="Others">Customers who get as many, but others, or by another channel.</param>
/// <param name="OtherTimes">Customers who get the same at other times.</param>
/// <param name="Same">Customers for whom nothing changes and who get at least one.</param>
/// <param name="Messages">By message, of these journeys.</param>
/// <param name="OtherJourneys">By journey, of those that are only there because they compete, where their number changes.</param>
public sealed record SimulationDiff(
    long More, long Fewer, long Others, long OtherTimes, long Same, IReadOnlyList<DiffLine> Messages, IReadOnlyList<DiffLine> OtherJourneys)
{
    /// <summary>Compares what is sent in two runs.</summary>
    /// <param name="live">As it is in force.</param>
    /// <param name="next">As the files have it.</param>
    /// <param name="journeys">Keys of the journeys of the files.</param>
    public static SimulationDiff Of(IReadOnlyList<SimulatedSend> live, IReadOnlyList<SimulatedSend> next, IReadOnlyCollection<string> journeys)
    {
        var (own, ownNext) = (live.Where(Is).ToLookup(send => send.CustomerId), next.Where(Is).ToLookup(send => send.CustomerId));
        long more = 0, fewer = 0, others = 0, times = 0, same = 0;
        foreach (var customer in own.Select(group => group.Key).Union(ownNext.Select(group => group.Key)))
        {
            var (before, after) = (own[customer].ToList(), ownNext[customer].ToList());
            if (after.Count > before.Count)
                more++;
            else if (after.Count < before.Count)
                fewer++;
            else if (!Named(before).SequenceEqual(Named(after)))
                others++;
            else if (!Timed(before).SequenceEqual(Timed(after)))
                times++;
            else
                same++;
        }

        return new SimulationDiff(
            more, fewer, others, times, same,
            [.. Lines(live.Where(Is), next.Where(Is), send => send.Message)],
            [.. Lines(live.Where(send => !Is(send)), next.Where(send => !Is(send)), send => send.Journey).Where(line => line.Live != line.Next)]);

        bool Is(SimulatedSend send) => journeys.Contains(send.Journey);
    }

    private static IEnumerable<(string Message, Channel Channel)> Named(IEnumerable<SimulatedSend> sends) =>
        sends.Select(send => (send.Message, send.Channel)).OrderBy(one => one.Message, StringComparer.Ordinal).ThenBy(one => one.Channel);

    private static IEnumerable<(DateTimeOffset At, string Message)> Timed(IEnumerable<SimulatedSend> sends) =>
        sends.Select(send => (send.At, send.Message)).OrderBy(one => one.At).ThenBy(one => one.Message, StringComparer.Ordinal);

    private static IEnumerable<DiffLine> Lines(IEnumerable<SimulatedSend> live, IEnumerable<SimulatedSend> next, Func<SimulatedSend, string> by)
    {
        var before = live.CountBy(by).ToDictionary(StringComparer.Ordinal);
        var after = next.CountBy(by).ToDictionary(StringComparer.Ordinal);
        return before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Select(name => new DiffLine(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)));
    }
}

/// <summary>A number in both runs.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Live">As it is in force.</param>
/// <param name="Next">As the files have it.</param>
public sealed record DiffLine(string Name, long Live, long Next);

using System.Diagnostics;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// From which due time on each lane is looked through while there is more to walk than a batch holds. What has been walked leaves its entry in the index on
/// what is due until the server cleans up, once a minute at most: a claim that began with the oldest would go past all of them, hundreds of thousands on a
/// busy day. Each lane is looked through from its beginning all the same once a second, and whenever a batch isn't filled. Safe to share between threads.
/// </summary>
internal sealed class DueFloors
{
    // What is due earlier than what we have taken may have been on its way to its commit when we looked; it waits for the next whole look at most.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan BetweenWholeLooks = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Lane, (DateTimeOffset From, long Whole)> _floors = [];

    /// <summary>From where a lane is looked through now.</summary>
    public DateTimeOffset Of(Lane lane)
    {
        lock (_lock)
        {
            if (!_floors.TryGetValue(lane, out var floor))
                return DateTimeOffset.MinValue;
            if (Stopwatch.GetElapsedTime(floor.Whole) < BetweenWholeLooks)
                return floor.From;
            _floors.Remove(lane);
            return DateTimeOffset.MinValue;
        }
    }

    /// <summary>Learns from what a claim has taken.</summary>
    public void Took(WalkClaim claim, IReadOnlyList<Enrolment> taken)
    {
        var left = claim.Limit;
        foreach (var lane in claim.Lanes)
        {
            if (left <= 0)
                return;
            var (count, first) = In(lane, taken);
            Learn(lane, count == left ? first : null);
            left -= count;
        }
    }

    private static (int Count, DateTimeOffset? First) In(Lane lane, IReadOnlyList<Enrolment> taken)
    {
        var (count, first) = (0, (DateTimeOffset?)null);
        foreach (var one in taken)
        {
            if (one.Lane != lane)
                continue;
            count++;
            first = first < one.DueAt ? first : one.DueAt;
        }

        return (count, first);
    }

    private void Learn(Lane lane, DateTimeOffset? first)
    {
        lock (_lock)
        {
            if (first is not { } due || due - DateTimeOffset.MinValue < OnItsWay)
                _floors.Remove(lane);
            else
                _floors[lane] = (due - OnItsWay, _floors.TryGetValue(lane, out var before) ? before.Whole : Stopwatch.GetTimestamp());
        }
    }
}

using System.Collections.Concurrent;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Experiments;

/// <summary>
/// Knows the winners, and calls one when its rule says so. It looks when somebody comes to a split, at most every few minutes: often enough for people, and the
/// rule allows any number of looks. Of two nodes that call at once, the first that is stored holds for both.
/// </summary>
internal sealed class SplitWinners(ISplitStore store, SplitResults results)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Journey, string Split), Look> _looks = new();

    /// <summary>The winner of a split that is still one of its variants, or null.</summary>
    public async Task<SplitWinner?> OfAsync(Journey journey, SplitStep split, DateTimeOffset now, CancellationToken cancellation)
    {
        if (split.Winner is null)
            return null;
        var key = (journey.Key, split.Id);
        if (!_looks.TryGetValue(key, out var look) || (look.Winner is null && (now - look.At).Duration() >= LookAgain))
        {
            look = new Look(now, await FindAsync(journey, split, now, cancellation));
            _looks[key] = look;
        }

        return Fits(split, look.Winner) ? look.Winner : null;
    }

    private async Task<SplitWinner?> FindAsync(Journey journey, SplitStep split, DateTimeOffset now, CancellationToken cancellation)
    {
        if ((await store.WinnersAsync(journey.Key, cancellation)).FirstOrDefault(winner => winner.Split == split.Id) is { } called)
            return called;
        var verdict = SplitJudge.Of(split, await results.CountsAsync(journey.Key, split.Id, cancellation));
        return verdict.Winner is { } variant
            ? await store.CallAsync(new SplitWinner(journey.Key, split.Id, variant, now, verdict.Reason), cancellation)
            : null;
    }

    private static bool Fits(SplitStep split, SplitWinner? winner) => winner is not null && split.Variants.Any(variant => variant.Name == winner.Variant);

    private sealed record Look(DateTimeOffset At, SplitWinner? Winner);
}

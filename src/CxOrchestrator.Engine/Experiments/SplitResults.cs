using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Experiments;

/// <summary>Reads how splits go: tallies, beside the weights by which their people were divided.</summary>
public sealed class SplitResults(ISplitStore store, IPublishedContent content)
{
    /// <summary>What was counted of a split, in all versions of its journey.</summary>
    public async Task<SplitCounts> CountsAsync(string journey, string split, CancellationToken cancellation) =>
        await CountsAsync(journey, split, await store.TalliesAsync(journey, cancellation), cancellation);

    /// <summary>A report on each split of the version in force, in the order of the file; null where no such journey is published.</summary>
    public async Task<IReadOnlyList<SplitReport>?> ReportsAsync(string journey, CancellationToken cancellation)
    {
        await content.RefreshAsync(cancellation);
        if (content.Journeys.GetValueOrDefault(journey) is not { } inForce)
            return null;
        var tallies = await store.TalliesAsync(journey, cancellation);
        var winners = await store.WinnersAsync(journey, cancellation);
        var reports = new List<SplitReport>();
        foreach (var split in inForce.Steps.OfType<SplitStep>())
        {
            var counts = await CountsAsync(journey, split.Id, tallies, cancellation);
            var called = winners.FirstOrDefault(winner => winner.Split == split.Id && split.Variants.Any(variant => variant.Name == winner.Variant));
            reports.Add(SplitReport.Of(inForce, split, counts, called));
        }

        return reports;
    }

    private async Task<SplitCounts> CountsAsync(string journey, string split, IReadOnlyList<SplitTally> tallies, CancellationToken cancellation)
    {
        var own = tallies.Where(tally => tally.Split == split).ToList();
        var versions = new Dictionary<int, SplitStep>();
        foreach (var version in own.Select(tally => tally.Version).Distinct())
        {
            if ((await content.JourneyAsync(journey, version, cancellation))?.Steps.OfType<SplitStep>().FirstOrDefault(step => step.Id == split) is { } step)
                versions[version] = step;
        }

        return new SplitCounts(own, versions);
    }
}

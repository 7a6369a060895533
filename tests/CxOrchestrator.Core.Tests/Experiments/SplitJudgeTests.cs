using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Tests.Experiments;

/// <summary>Runs of made-up people, each run with its own seed, looked at again and again as the engine does.</summary>
public sealed class SplitJudgeTests
{
    private const int Runs = 1_000;

    [Theory]
    [InlineData("a 1, b 1", 0.1)]
    [InlineData("a 1, b 1", 0.5)]
    [InlineData("a 9, b 1", 0.1)]
    [InlineData("a 1, b 1, c 1, d 1", 0.1)]
    public void Of_equal_variants_a_winner_is_called_in_at_most_5_per_cent_of_1_000_runs_looked_at_100_times(string weights, double conversion)
    {
        var split = SplitSharesTests.Split(weights, 0, new WinnerRule(SplitMetric.Goal, 100, 0.95, WinnerThen.SendAll));
        var called = Enumerable.Range(1, Runs).Count(seed => new Run(split, seed).Walk(6_000, looks: 100, _ => conversion) is not null);
        Assert.InRange(called, 0, Runs * 5 / 100);
    }

    [Fact]
    public void People_who_take_long_and_days_that_are_better_than_others_call_no_winner_either()
    {
        var split = SplitSharesTests.Split("a 1, b 1", 1000, new WinnerRule(SplitMetric.Goal, 100, 0.95, WinnerThen.SendAll));
        var called = Enumerable.Range(1, Runs).Count(seed => new Run(split, seed) { Late = 2_000, Tide = true }.Walk(6_000, looks: 100, _ => 0.2) is not null);
        Assert.InRange(called, 0, Runs * 5 / 100);
    }

    [Fact]
    public void A_change_of_weights_on_the_way_is_no_difference_between_variants()
    {
        // Under the second weights three times as many people are of b: taken together without the weights, b would win by far.
        var split = SplitSharesTests.Split("a 3, b 1", 0, new WinnerRule(SplitMetric.Goal, 100, 0.95, WinnerThen.SendAll));
        var called = Enumerable.Range(1, Runs).Count(seed =>
            new Run(split, seed) { Second = SplitSharesTests.Split("a 1, b 3") }.Walk(6_000, looks: 100, variant => 0.1) is not null);
        Assert.InRange(called, 0, Runs * 5 / 100);
    }

    [Fact]
    public void A_variant_that_is_better_by_20_per_cent_is_picked()
    {
        var split = SplitSharesTests.Split("a 1, b 1", 1000, new WinnerRule(SplitMetric.Goal, 1000, 0.95, WinnerThen.SendAll));
        var winners = Enumerable.Range(1, 100).Select(seed => new Run(split, seed).Walk(50_000, looks: 100, variant => variant == "b" ? 0.12 : 0.10)).ToList();
        Assert.InRange(winners.Count(winner => winner == "b"), 95, 100);
        Assert.DoesNotContain("a", winners);
    }

    [Fact]
    public void Of_three_the_best_is_picked_where_it_is_better_than_both()
    {
        var split = SplitSharesTests.Split("a 1, b 1, c 1", 0, new WinnerRule(SplitMetric.Answered, 1000, 0.95, WinnerThen.SendAll));
        var winners = Enumerable.Range(1, 50).Select(seed => new Run(split, seed).Walk(60_000, looks: 60, variant => variant == "c" ? 0.36 : 0.30)).ToList();
        Assert.InRange(winners.Count(winner => winner == "c"), 45, 50);
    }

    [Fact]
    public void Equal_scores_call_no_winner_and_better_ones_do()
    {
        var split = SplitSharesTests.Split("a 1, b 1", 0, new WinnerRule(SplitMetric.Score, 200, 0.95, WinnerThen.SendAll));
        var equal = Enumerable.Range(1, Runs).Count(seed => new Run(split, seed).Walk(6_000, looks: 60, _ => 0.5, Nps) is not null);
        Assert.InRange(equal, 0, Runs * 5 / 100);
        var better = Enumerable.Range(1, 100).Select(seed => new Run(split, seed).Walk(6_000, looks: 60, _ => 0.5, (random, variant) => Math.Min(10, Nps(random, variant) + (variant == "b" ? 1 : 0)))).ToList();
        Assert.InRange(better.Count(winner => winner == "b"), 95, 100);

        static int Nps(Random random, string variant) => random.NextDouble() < 0.2 ? random.Next(0, 7) : random.Next(7, 11);
    }

    [Fact]
    public void Before_the_minimum_sample_no_variant_wins_however_much_better_it_is()
    {
        var split = SplitSharesTests.Split("a 1, b 1", 0, new WinnerRule(SplitMetric.Goal, 500, 0.95, WinnerThen.SendAll));
        var few = Counts(split, ("a", 600, 10), ("b", 499, 300));
        Assert.Equal(new SplitVerdict(null, "b has had 499 people; 500 are needed"), SplitJudge.Of(split, few));
        var enough = SplitJudge.Of(split, Counts(split, ("a", 600, 10), ("b", 500, 300)));
        Assert.Equal("b", enough.Winner);
        Assert.Contains("to 1, 40 to 1 are needed", enough.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_held_out_never_wins_and_is_what_the_others_are_compared_with()
    {
        var split = SplitSharesTests.Split("a 1, b 1", 2000, new WinnerRule(SplitMetric.Goal, 500, 0.95, WinnerThen.SendAll));
        var counts = Counts(split, ("a", 4000, 400), ("b", 4000, 404), (SplitStep.HeldOut, 2000, 100));
        Assert.Null(SplitJudge.Of(split, counts).Winner);
        var journey = new Journey
        {
            Key = "welcome", Purpose = Core.Consent.Purpose.Feedback, Trigger = new EventTrigger("x", null, null), Reentry = new Reentry.Once(), Steps = [split],
        };

        var report = SplitReport.Of(journey, split, counts, null);

        Assert.Equal(["a", "b", SplitStep.HeldOut], report.Variants.Select(variant => variant.Variant));
        var a = report.Variants[0];
        Assert.Equal(0.4, a.Share);
        Assert.Equal(0.1, a.Conversion);
        Assert.InRange(a.ConversionFrom, 0.08, 0.095);
        Assert.InRange(a.ConversionTo, 0.105, 0.12);
        Assert.Equal(1.0, a.Uplift!.Value, 9);
        Assert.InRange(a.UpliftFrom!.Value, 0.2, 0.8);
        Assert.InRange(a.UpliftTo!.Value, 1.3, 3);
        Assert.Null(report.Variants[2].Uplift);
        Assert.Equal("nothing speaks for a difference by reaching the goal yet", report.Reason);
    }

    [Fact]
    public void The_range_of_a_share_holds_at_all_looks_together()
    {
        var wrong = 0;
        for (var seed = 1; seed <= Runs; seed++)
        {
            var random = new Random(seed);
            var did = 0;
            var left = false;
            for (var people = 1; people <= 2_000; people++)
            {
                did += random.NextDouble() < 0.1 ? 1 : 0;
                if (people % 20 == 0 && ConversionInterval.Of(did, people, 0.05) is var (from, to) && (from > 0.1 || to < 0.1))
                    left = true;
            }

            wrong += left ? 1 : 0;
        }

        Assert.InRange(wrong, 0, Runs * 5 / 100);
        Assert.Equal((0, 1), ConversionInterval.Of(0, 0, 0.05));
        Assert.Equal(0, ConversionInterval.Of(0, 50, 0.05).From);
        Assert.Equal(1, ConversionInterval.Of(50, 50, 0.05).To);
    }

    private static SplitCounts Counts(SplitStep split, params (string Variant, int People, int Goals)[] counts) => new(
        [.. counts.Select(one => new SplitTally("welcome", split.Id, 1, one.Variant, new SplitSums(one.People, one.Goals, 0, 0, 0, 0, 0, 0)))],
        new Dictionary<int, SplitStep> { [1] = split });

    /// <summary>One run: people come, convert at once or later, and the judge looks.</summary>
    private sealed class Run(SplitStep split, int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Dictionary<(int Version, string Variant), SplitSums> _sums = [];

        /// <summary>How many others come, at most, before somebody converts.</summary>
        public int Late { get; init; }

        /// <summary>Conversion rises and falls with time.</summary>
        public bool Tide { get; init; }

        /// <summary>The weights of the second half.</summary>
        public SplitStep? Second { get; init; }

        public string? Walk(int people, int looks, Func<string, double> conversion, Func<Random, string, int>? score = null)
        {
            var later = new PriorityQueue<(int, string), int>();
            for (var came = 1; came <= people; came++)
            {
                var version = Second is not null && came > people / 2 ? 2 : 1;
                var variant = SplitShares.Of(version == 1 ? split : Second!).VariantOf(_random.Next(SplitBuckets.Count));
                Add(version, variant, new SplitSums(1, 0, 0, 0, 0, 0, 0, 0));
                var tide = Tide ? 1 + Math.Sin(came / 500.0) : 1;
                if (_random.NextDouble() < conversion(variant) * tide)
                    later.Enqueue((version, variant), came + (Late > 0 ? _random.Next(Late) : 0));
                while (later.TryPeek(out var one, out var when) && when <= came)
                {
                    later.Dequeue();
                    var given = score?.Invoke(_random, one.Item2);
                    Add(one.Item1, one.Item2, given is { } points ? new SplitSums(0, 0, 0, 1, 0, 1, points, points * points) : new SplitSums(0, 1, 1, 1, 0, 0, 0, 0));
                }

                if (came % (people / looks) == 0 && SplitJudge.Of(split, Counts()).Winner is { } winner)
                    return winner;
            }

            return null;
        }

        private void Add(int version, string variant, SplitSums sums) => _sums[(version, variant)] = _sums.GetValueOrDefault((version, variant)) + sums;

        private SplitCounts Counts() => new(
            [.. _sums.Select(one => new SplitTally("welcome", split.Id, one.Key.Version, one.Key.Variant, one.Value))],
            new Dictionary<int, SplitStep> { [1] = split, [2] = Second ?? split });
    }
}

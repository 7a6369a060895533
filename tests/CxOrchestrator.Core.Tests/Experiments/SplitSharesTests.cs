using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Tests.Experiments;

public sealed class SplitSharesTests
{
    [Fact]
    public void The_bucket_of_a_customer_is_what_sha256_says()
    {
        // printf '%s' 0195a1b2c3d47e8f9a0b1c2d3e4f5061/welcome/subject-line | sha256sum
        var customer = Guid.Parse("0195a1b2-c3d4-7e8f-9a0b-1c2d3e4f5061");
        Assert.Equal(ExpectedBucket, SplitBuckets.Of(customer, "welcome", "subject-line"));
        Assert.Equal(ExpectedBucket, SplitBuckets.Of(customer, "welcome", "subject-line"));
        Assert.NotEqual(ExpectedBucket, SplitBuckets.Of(customer, "welcome", "sender"));
    }

    [Theory]
    [InlineData("a 50, b 50", 0)]
    [InlineData("a 50, b 50", 1000)]
    [InlineData("a 7, b 2, c 1", 500)]
    [InlineData("a 1, b 1, c 1", 0)]
    [InlineData("a 90, b 9, c 1", 2000)]
    public void Of_100_000_customers_each_variant_gets_its_weight_within_one_per_cent(string weights, int holdOut)
    {
        var split = Split(weights, holdOut);
        var counts = new Dictionary<string, int>();
        for (var number = 0; number < 100_000; number++)
        {
            var variant = SplitShares.Of(split).VariantOf(SplitBuckets.Of(Customer(number), "welcome", "subject-line"));
            counts[variant] = counts.GetValueOrDefault(variant) + 1;
        }

        var sum = split.Variants.Sum(variant => variant.Weight);
        foreach (var variant in split.Variants)
            Assert.InRange(counts[variant.Name] / 100_000.0, Share(variant.Weight) - 0.01, Share(variant.Weight) + 0.01);
        Assert.InRange(counts.GetValueOrDefault(SplitStep.HeldOut) / 100_000.0, (holdOut / 10_000.0) - 0.01, (holdOut / 10_000.0) + 0.01);

        double Share(int weight) => (1 - (holdOut / 10_000.0)) * weight / sum;
    }

    [Fact]
    public void Every_bucket_has_a_variant_and_each_variant_as_many_as_its_weight_says()
    {
        var shares = SplitShares.Of(Split("a 3, b 3, c 1", 700));
        var counts = Enumerable.Range(0, SplitBuckets.Count).CountBy(shares.VariantOf).ToDictionary();
        Assert.Equal([("a", 3986), ("b", 3986), ("c", 1328), (SplitStep.HeldOut, 700)], counts.OrderBy(one => one.Key).Select(one => (one.Key, one.Value)));
        Assert.Equal(3986, shares.BucketsOf("a"));
        Assert.Equal(0, shares.BucketsOf("d"));
    }

    [Theory]
    // What must move at least is half of the sum of the differences of the shares.
    [InlineData("a 50, b 50", 0, "a 60, b 40", 0, 0.10)]
    [InlineData("a 50, b 50", 0, "a 50, b 50", 1000, 0.10)]
    [InlineData("a 1, b 1", 0, "a 1, b 1, c 1", 0, 0.3334)]
    [InlineData("a 90, b 10", 0, "a 10, b 90", 0, 0.80)]
    [InlineData("a 50, b 30, c 20", 500, "a 30, b 50, c 20", 500, 0.19)]
    public void A_change_of_weights_moves_hardly_more_people_than_it_must(string before, int heldBefore, string after, int heldAfter, double least)
    {
        var (one, other) = (SplitShares.Of(Split(before, heldBefore)), SplitShares.Of(Split(after, heldAfter)));
        var moved = Enumerable.Range(0, SplitBuckets.Count).Count(bucket => one.VariantOf(bucket) != other.VariantOf(bucket)) / (double)SplitBuckets.Count;
        Assert.InRange(moved, least - 0.001, (least * 1.25) + 0.01);
    }

    [Fact]
    public void Two_splits_divide_people_independently_of_each_other()
    {
        var split = Split("a 1, b 1", 0);
        var both = Enumerable.Range(0, 20_000).Select(Customer).Count(customer =>
            SplitShares.Of(split).VariantOf(SplitBuckets.Of(customer, "welcome", "first")) == "a"
            && SplitShares.Of(split).VariantOf(SplitBuckets.Of(customer, "welcome", "second")) == "a");
        Assert.InRange(both / 20_000.0, 0.24, 0.26);
    }

    internal static SplitStep Split(string weights, int holdOut = 0, WinnerRule? winner = null) => new()
    {
        Id = "subject-line", Next = Step.End, Watch = Duration.OfDays(30), HoldOut = holdOut, Winner = winner,
        Variants = [.. weights.Split(", ").Select(one => one.Split(' ')).Select(one => new SplitVariant(one[0], int.Parse(one[1], null), Step.End))],
    };

    // Keys as the product makes them: one after the other in the same millisecond.
    private static Guid Customer(int number) => Ids.New(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddMilliseconds(number / 100));

    private const int ExpectedBucket = 7183;
}

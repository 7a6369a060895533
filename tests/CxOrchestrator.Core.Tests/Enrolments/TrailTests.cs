using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Core.Tests.Enrolments;

public sealed class TrailTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly Trail Stored = new(Json.Parse("""[["1",1772452800000000,"waits"],["2",1772452800000001,"chose \"gold\""]]"""));

    [Fact]
    public void What_a_store_has_kept_is_read_as_it_was_told()
    {
        Assert.Equal([new Trace("1", Noon, "waits"), new Trace("2", Noon.AddMicroseconds(1), "chose \"gold\"")], Stored);
        Assert.Equal((2, "2"), (Stored.Count, Stored[^1].Step));
    }

    [Fact]
    public void What_is_added_stands_after_it_and_leaves_the_trail_that_it_was_added_to_alone()
    {
        var one = Stored.With(new Trace("3", Noon, "sent"));
        var two = one.With(new Trace("4", Noon, "ended"));
        Assert.Equal(["1", "2", "3", "4"], two.Select(trace => trace.Step));
        Assert.Equal((2, 3, 4), (Stored.Count, one.Count, two.Count));
        Assert.Equal(("1", "3", "4"), (two[0].Step, two[2].Step, two[^1].Step));
        Assert.Equal(["3", "4"], two.Added.Select(trace => trace.Step));
    }

    [Fact]
    public void Of_a_long_trail_the_newest_stay()
    {
        var trail = Enumerable.Range(3, 200).Aggregate(Stored, (so, number) => so.With(new Trace($"{number}", Noon, "")));
        Assert.Equal((Trace.Most, "202", "103"), (trail.Count, trail[^1].Step, trail[0].Step));
        Assert.Null(trail.Stored);
    }
}

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
    public void The_end_of_a_trail_grows_without_what_is_kept_apart_and_says_so()
    {
        var end = Trail.EndOf(Stored.Stored, []);
        var told = end.Retold("waited").With(new Trace("3", Noon, "sent"));

        Assert.Equal((true, true, false, false), (end.IsEnd, told.IsEnd, Stored.IsEnd, Stored.Retold("waited").IsEnd));
        Assert.Equal([new Trace("1", Noon, "waits"), new Trace("2", Noon.AddMicroseconds(1), "waited"), new Trace("3", Noon, "sent")], told);
        Assert.Equal("chose \"gold\"", end[^1].Did);
        Assert.Empty(Trail.EndOf(null, []).Retold("nothing"));
        Assert.Equal(Trace.Most + 50, Enumerable.Range(0, Trace.Most + 48).Aggregate(end, (so, number) => so.With(new Trace($"{number}", Noon, ""))).Count);
    }

    [Fact]
    public void An_end_that_is_read_with_what_came_before_is_as_long_as_any_trail()
    {
        var earlier = Enumerable.Range(0, Trace.Most).Select(number => new Trace($"e{number}", Noon, "")).ToList();
        var whole = Trail.EndOf(Stored.Stored, earlier);

        Assert.Equal((Trace.Most, "e2", "1", "2"), (whole.Count, whole[0].Step, whole[^2].Step, whole[^1].Step));
        Assert.Equal(["e98", "e99", "1", "2", "3"], whole.With(new Trace("3", Noon, "")).TakeLast(5).Select(trace => trace.Step));
        Assert.Equal("e99", whole.With(new Trace("3", Noon, ""))[^4].Step);
    }

    [Fact]
    public void Of_a_long_trail_the_newest_stay()
    {
        var trail = Enumerable.Range(3, 200).Aggregate(Stored, (so, number) => so.With(new Trace($"{number}", Noon, "")));
        Assert.Equal((Trace.Most, "202", "103"), (trail.Count, trail[^1].Step, trail[0].Step));
        Assert.Null(trail.Stored);
    }
}

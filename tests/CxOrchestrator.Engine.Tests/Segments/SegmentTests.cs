using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Segments;

public sealed class SegmentTests
{
    private static readonly string Enters = Words.Journey("welcome-vip", "- send: hello", "{ enters: vip }", "reentry: always");
    private static readonly string Leaves = Words.Journey("bye-vip", "- send: hello", "{ leaves: vip }", "reentry: always");

    private static readonly TimeSpan Round = TimeSpan.FromMinutes(16);

    [Fact]
    public async Task Who_comes_into_a_segment_begins_the_journey_and_who_was_in_it_before_does_not()
    {
        await using var world = await World.WithAsync(Enters);
        Has(world, "a", "b");
        await world.RunAsync();
        Assert.Empty(world.Fake.Emails);
        Has(world, "a", "b", "c");
        await world.RunAsync();
        Assert.Empty(world.Fake.Emails);
        await world.PassAsync(Round);
        Assert.Equal(["c@example.test"], Sent(world));
        Has(world, "b", "c");
        await world.PassAsync(Round);
        Has(world, "a", "b", "c");
        await world.PassAsync(Round);
        Assert.Equal(["c@example.test", "a@example.test"], Sent(world));
    }

    [Fact]
    public async Task Who_leaves_a_segment_begins_the_journey_once()
    {
        await using var world = await World.WithAsync(Leaves);
        Has(world, "a", "b", "c");
        await world.RunAsync();
        Has(world, "b");
        await world.PassAsync(Round);
        Assert.Equal(["a@example.test", "c@example.test"], Sent(world).Order());
        await world.PassAsync(Round);
        Assert.Equal(2, world.Fake.Emails.Count);
    }

    [Fact]
    public async Task Who_is_in_it_already_begins_where_the_journey_says_so_once_and_no_other_journey_with_them()
    {
        await using var world = await World.WithAsync(Enters);
        Has(world, "a", "b");
        await world.RunAsync();
        await world.PublishAsync(Words.Journey("already", "- wait: 30d", "{ enters: vip, already: true }", "reentry: always"));
        await world.RunAsync();
        await world.PassAsync(Round);
        Assert.Equal([("already", 2L)], await CountAsync(world));
        Has(world, "a", "b", "c");
        await world.PassAsync(Round);
        Assert.Equal([("already", 3L), ("welcome-vip", 1L)], await CountAsync(world));
    }

    [Fact]
    public async Task A_reading_that_is_cut_off_makes_nobody_leave_and_nobody_come_twice()
    {
        await using var world = await World.WithAsync(Enters, Leaves);
        Has(world, "a", "b", "c");
        await world.RunAsync();
        world.CustomerClock.Advance(Round);
        world.MachineClock.Advance(Round);
        // The first page has somebody new; the second doesn't come.
        world.Fake.OnSegment = (_, cursor) => cursor is null ? new Page<CrmPerson>([Person("d")], "2") : throw new InvalidOperationException("away");
        await world.RunAsync();
        Assert.Equal(["d@example.test"], Sent(world));
        // The node dies; another one begins again.
        await world.Get<NodeHeart>().StopAsync();
        await using var two = world.Another("two");
        world.MachineClock.Advance(TimeSpan.FromMinutes(6));
        Has(world, "a", "b", "c", "d");
        await two.RunAsync();
        Assert.Equal(["d@example.test"], Sent(world));
    }

    [Fact]
    public async Task Nothing_is_told_while_the_crm_can_not_be_asked_and_the_page_comes_again()
    {
        await using var world = await World.WithAsync(Enters);
        Has(world, "a");
        await world.RunAsync();
        world.Fake.OnSegment = (_, _) => throw new InvalidOperationException("away");
        await world.PassAsync(Round);
        Assert.Empty(world.Fake.Emails);
        Has(world, "a", "b");
        await world.PassAsync(Round);
        Assert.Equal(["b@example.test"], Sent(world));
    }

    [Fact]
    public async Task Segments_of_many_pages_are_compared_to_their_end()
    {
        await using var world = await World.WithAsync(Words.Journey("welcome-vip", "- wait: 30d", "{ enters: vip }"), Words.Journey("bye-vip", "- wait: 30d", "{ leaves: vip }"));
        var first = Enumerable.Range(0, 1_100).Select(number => Person($"p{number}")).ToList();
        Paged(world, first);
        await world.RunAsync();
        Paged(world, [.. first.Skip(600), .. Enumerable.Range(2_000, 700).Select(number => Person($"p{number}"))]);
        await world.PassAsync(Round);
        Assert.Equal([("bye-vip", 600L), ("welcome-vip", 700L)], await CountAsync(world));
    }

    private static void Paged(World world, IReadOnlyList<CrmPerson> people) => world.Fake.OnSegment = (_, cursor) =>
    {
        var from = int.Parse(cursor ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        return new Page<CrmPerson>([.. people.Skip(from).Take(250)], from + 250 < people.Count ? $"{from + 250}" : null);
    };

    private static void Has(World world, params string[] people) =>
        world.Fake.OnSegment = (segment, _) => new Page<CrmPerson>(segment == "vip" ? [.. people.Select(Person)] : [], null);

    private static CrmPerson Person(string id) => new() { Id = id, Name = $"Anna {id}", Email = $"{id}@example.test" };

    private static List<string> Sent(World world) => [.. world.Fake.Emails.Select(mail => mail.To.Address)];

    private static async Task<IEnumerable<(string, long)>> CountAsync(World world) =>
        (await world.Get<Core.Enrolments.IEnrolmentStore>().CountAsync(CancellationToken.None))
            .GroupBy(count => count.Journey).Select(group => (group.Key, group.Sum(count => count.Count))).Order();
}

namespace CxOrchestrator.Core.Tests.Storage;

public sealed class LaneTurnsTests
{
    [Fact]
    public void Of_eight_turns_service_begins_five_personal_two_and_bulk_one()
    {
        var turns = new LaneTurns();
        var first = Enumerable.Range(0, 80).Select(_ => turns.Next()[0]).CountBy(lane => lane).ToDictionary();
        Assert.Equal((50, 20, 10), (first[Lane.Service], first[Lane.Personal], first[Lane.Bulk]));
    }

    [Fact]
    public void Every_turn_comes_round_to_every_lane()
    {
        var turns = new LaneTurns();
        Assert.All(Enumerable.Range(0, 8), _ => Assert.Equal(Enum.GetValues<Lane>(), turns.Next().Order()));
    }
}

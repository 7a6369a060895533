using FsCheck;
using FsCheck.Fluent;

namespace CxOrchestrator.Engine.Tests.Model;

/// <summary>Random journeys, random events, a mail server that fails in every way, processes that end and clocks that jump, against a simple reference.</summary>
public sealed class ModelTests
{
    private const int Cases = 150;

    [Fact]
    public void The_engine_does_what_the_simplest_reading_of_a_journey_says()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Cases).WithStartSize(5).WithEndSize(40);
        Check.One(config, Prop.ForAll(ModelGenerators.Cases, one =>
        {
            ModelRun.PlayAsync(one).GetAwaiter().GetResult();
            return true;
        }));

        Assert.True(ModelRun.Messages > Cases, $"{ModelRun.Messages} messages are too few to show anything.");
        Assert.True(ModelRun.Conversions > Cases / 50, $"{ModelRun.Conversions} conversions are too few to show anything.");
    }
}

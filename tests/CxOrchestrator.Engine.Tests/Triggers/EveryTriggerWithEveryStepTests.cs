using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Engine.Tests.Triggers;

/// <summary>Each kind of trigger before each kind of step: the journey begins once, and the step does what it is there for.</summary>
public sealed class EveryTriggerWithEveryStepTests
{
    public static TheoryData<string, string> Cells { get; } = Table();

    public static TheoryData<string> Triggers { get; } = [.. TriggerTable.All.Keys];

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Every_trigger_begins_with_every_step(string trigger, string step)
    {
        await using var world = await World.WithAsync(Journeys(trigger, step));
        await WalkAsync(world, trigger, step);
    }

    [SkippableTheory]
    [MemberData(nameof(Triggers))]
    public async Task Every_trigger_begins_on_postgres_too(string trigger)
    {
        Needs.Postgres();
        await using var world = await World.OnPostgresAsync(Journeys(trigger, "updateCustomer"));
        await WalkAsync(world, trigger, "updateCustomer");
    }

    [Fact]
    public void No_kind_of_trigger_or_step_is_left_out()
    {
        Assert.Equal(Kinds<Step>(), FirstStepTable.All.Values.Select(one => one.Kind).Distinct().Select(kind => kind.Name).Order());
        var triggers = TriggerTable.All.Values.Select(one => JourneyParser.Parse(Words.Journey("x", "- wait: 1d", one.Trigger), "x.yaml").Journey!.Trigger.GetType().Name);
        Assert.Equal(Kinds<Trigger>(), triggers.Distinct().Order());
        Assert.All(FirstStepTable.All, one => Assert.IsType(one.Value.Kind, JourneyParser.Parse(Words.Journey("x", one.Value.Steps), "x.yaml").Journey!.Steps[0]));
    }

    private static async Task WalkAsync(World world, string trigger, string step)
    {
        var customer = await TriggerTable.CustomerAsync(world);
        await world.RunAsync();
        Assert.Empty(world.Fake.Emails);
        await TriggerTable.All[trigger].Happens(world, customer);
        await FirstStepTable.All[step].Effect(world, customer);
        var begun = (await world.Get<IEnrolmentStore>().CountAsync(CancellationToken.None)).Where(count => count.Journey == "table").Sum(count => count.Count);
        Assert.Equal(1, begun);
    }

    private static string[] Journeys(string trigger, string step) =>
    [
        Words.Journey("table", FirstStepTable.All[step].Steps, TriggerTable.All[trigger].Trigger, "reentry: once"),
        Words.Journey("hears", "- send: hello", "{ on: praised.loudly, when: event.data.by == 'Anna Lee' }"),
    ];

    private static IEnumerable<string> Kinds<T>() =>
        typeof(T).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T))).Select(type => type.Name).Order();

    private static TheoryData<string, string> Table()
    {
        var cells = new TheoryData<string, string>();
        foreach (var trigger in TriggerTable.All.Keys)
        {
            foreach (var step in FirstStepTable.All.Keys)
                cells.Add(trigger, step);
        }

        return cells;
    }
}

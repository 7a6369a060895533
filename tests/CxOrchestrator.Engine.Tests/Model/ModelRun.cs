using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Model;

/// <summary>Plays a case with the engine on a real store and with the reference side by side, and holds the one against the other.</summary>
internal sealed class ModelRun : IAsyncDisposable
{
    private readonly ReferenceModel _reference;
    private readonly List<World> _worlds;
    private readonly List<Customer> _people = [];
    private readonly Dictionary<Guid, int> _seen = [];
    private int _tries;

    private ModelRun(World world, ModelJourney journey)
    {
        _worlds = [world];
        _reference = new ReferenceModel(journey);
    }

    /// <summary>Messages that were planned in all cases, so that nobody is content with empty ones.</summary>
    public static int Messages { get; private set; }

    private World World => _worlds[^1];

    /// <summary>Walks that came to their goal in all cases.</summary>
    public static int Conversions { get; private set; }

    private FakeConnections Fake => World.Fake;

    public static async Task PlayAsync(ModelCase one)
    {
        var world = await World.WithAsync(settings => settings with { Sending = settings.Sending with { ExpiresAfter = null } }, ModelText.Of(one.Journey));
        await using var run = new ModelRun(world, one.Journey);
        for (var number = 0; number < ModelGenerators.Customers; number++)
            run._people.Add(await world.CustomerAsync($"c{number}"));
        run.Behave(ModelMood.Takes);
        foreach (var act in one.Acts)
        {
            // Nothing happens at the same moment as something else: what comes first is nobody's promise.
            await run.PassAsync(TimeSpan.FromMinutes(1));
            await run.DoAsync(act);
            await run.CheckWalksAsync();
        }

        await run.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var world in Enumerable.Reverse(_worlds))
            await world.DisposeAsync();
    }

    private async Task DoAsync(ModelAct act)
    {
        switch (act)
        {
            case ModelAct.Pass pass:
                await PassAsync(TimeSpan.FromMinutes(pass.Minutes));
                break;
            case ModelAct.Tell tell:
                await World.TellAsync($"c{tell.Customer}", tell.Type, $$"""{ "total": {{tell.Total}}, "order": {{tell.Order}} }""");
                _reference.Tell(tell.Customer, tell.Type, tell.Total, tell.Order, World.Now);
                await World.RunAsync();
                break;
            case ModelAct.Crash crash:
                await CrashAsync(crash);
                break;
            case ModelAct.Mood mood:
                Behave(mood.Is);
                break;
        }
    }

    private async Task PassAsync(TimeSpan time)
    {
        World.CustomerClock.Advance(time);
        World.MachineClock.Advance(time);
        _reference.Pass(World.Now);
        await World.RunAsync();
    }

    // Claims, hands over a few rows, and is never heard of again.
    private async Task CrashAsync(ModelAct.Crash crash)
    {
        var lease = World.Get<EngineNode>().Lease(TimeSpan.FromMinutes(10));
        var claimed = await World.Get<ILedger>().ClaimDueAsync(lease, World.Now, crash.Claimed, CancellationToken.None);
        await World.Get<ILedger>().HandOverAsync(
            lease, [.. claimed.Take(crash.HandedOver).Select(row => new HandOver(row.Id, Channel.Email, FakeConnections.Name))], World.Now, CancellationToken.None);
        _worlds.Add(World.Another($"node-{_worlds.Count}"));
    }

    private void Behave(ModelMood mood)
    {
        Fake.Guard = _ => mood == ModelMood.IsAway ? ("breaker open", TimeSpan.FromMinutes(5)) : null;
        Fake.OnSend = key => mood switch
        {
            ModelMood.PutsOff when ++_tries % 3 != 0 => SendResult.Deferred("busy", TimeSpan.FromMinutes(7)),
            ModelMood.Refuses => SendResult.Rejected("5.0.0", "no", addressInvalid: false),
            ModelMood.TakesAndIsLost when ++_tries % 2 == 0 => Fake.TakeAndLose(key),
            _ => Fake.Take(key),
        };
    }

    private async Task CheckWalksAsync()
    {
        var walks = await Task.WhenAll(_people.Select(async (person, number) => (await World.EnrolmentsAsync(person)).Select(walk => (number, walk))));
        Assert.Equal(
            _reference.UnderWay.Order(),
            walks.SelectMany(all => all).Select(one => (one.number, one.walk.StartedAt, one.walk.StepId, one.walk.WaitsFor, one.walk.DueAt)).Order());
        foreach (var (number, walk) in walks.SelectMany(all => all))
            _seen[walk.Id] = number;
    }

    // Of all walks that were ever met under way: who was ended by an exit rule, and who came to the goal, and when.
    private async Task CheckEndsAsync()
    {
        foreach (var (id, number) in _seen)
        {
            var walk = await World.EnrolmentAsync(id);
            Assert.Equal(_reference.Left.TryGetValue((number, walk.StartedAt), out var left) ? left : null, walk.State == EnrolmentState.Exited ? walk.EndedAt : null);
            Assert.Equal(_reference.Won.TryGetValue((number, walk.StartedAt), out var won) ? won : null, walk.GoalAt);
            Conversions += walk.GoalAt is null ? 0 : 1;
        }
    }

    private async Task EndAsync()
    {
        Behave(ModelMood.Takes);
        for (var day = 0; day < 4; day++)
            await PassAsync(TimeSpan.FromHours(6));
        await CheckWalksAsync();

        var books = await World.BooksAsync();
        Assert.Empty(books.Faults());
        Assert.Equal((0, _reference.Began), ((int)books.EventsWaiting, (int)books.EnrolmentsByEvent));
        var deliveries = await World.DeliveriesAsync();
        await CheckPlannedAsync(deliveries);
        CheckSent(deliveries);
        await CheckEndsAsync();
        Messages += deliveries.Count;
    }

    private async Task CheckPlannedAsync(IReadOnlyList<Delivery> deliveries)
    {
        var planned = new List<(int, DateTimeOffset, string, int, DateTimeOffset)>();
        foreach (var row in deliveries)
        {
            var walk = await World.EnrolmentAsync(row.EnrolmentId);
            var who = _people.FindIndex(person => person.Id == row.CustomerId);
            planned.Add((who, walk.StartedAt, row.StepId, row.Occurrence, row.PlannedAt));
            CheckLeft(row, _reference.Left.TryGetValue((who, walk.StartedAt), out var left) ? left : null);
        }

        Assert.Equal(_reference.Planned.Order(), planned.Order());
        Assert.Equal(planned.Count, planned.Select(one => (one.Item1, one.Item2, one.Item3, one.Item4)).Distinct().Count());
    }

    // What waits to be sent isn't, once the walk was left; nothing else keeps a message back here.
    private static void CheckLeft(Delivery row, DateTimeOffset? left)
    {
        Assert.True(row.State != DeliveryState.Suppressed || left is not null, row.ToString());
        Assert.True(left is null || row.HandedOverAt is null || row.HandedOverAt <= left, $"handed over after the walk was left at {left}: {row}");
    }

    // At most once, and nothing in the dark: each row has come to an end that agrees with what the server has taken, or says that this is unknown.
    private void CheckSent(IReadOnlyList<Delivery> deliveries)
    {
        var taken = Fake.Taken.CountBy(key => key).ToDictionary();
        Assert.All(taken, pair => Assert.Equal(1, pair.Value));
        Assert.All(deliveries, row => Assert.Contains(row.State, new[] { DeliveryState.Accepted, DeliveryState.Rejected, DeliveryState.Unknown, DeliveryState.Suppressed }));
        Assert.All(deliveries.Where(row => row.State != DeliveryState.Unknown), row => Assert.Equal(row.State == DeliveryState.Accepted, taken.ContainsKey(row.Key)));
        Assert.Subset(deliveries.Select(row => row.Key).ToHashSet(), taken.Keys.ToHashSet());
    }
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Attention;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;
using CxOrchestrator.Storage;

namespace CxOrchestrator.Engine.Tests.Dispatch;

/// <summary>What a service has answered is stored, whatever happens to the store meanwhile.</summary>
public sealed class OutcomeStoreTests
{
    private static readonly StorageException Away = new("nobody listens there");

    [Fact]
    public async Task Answers_are_kept_while_the_store_is_away_and_stored_when_it_is_back()
    {
        await using var world = await PlannedAsync();
        var ledger = new Unreliable(world.Get<ILedger>(), failures: 5, Away);
        var store = await AnsweredAsync(world, ledger);

        await world.MachineClock.UntilAsync(DoneAsync(store));

        Assert.Equal(6, ledger.Tries);
        Assert.Equal(DeliveryState.Accepted, (await world.DeliveryAsync()).State);
    }

    [Fact]
    public async Task A_store_that_stays_away_is_not_waited_for_without_end()
    {
        await using var world = await PlannedAsync();
        var store = await AnsweredAsync(world, new Unreliable(world.Get<ILedger>(), failures: int.MaxValue, Away));
        var began = world.MachineClock.GetUtcNow();

        await Assert.ThrowsAsync<StorageException>(() => world.MachineClock.UntilAsync(DoneAsync(store)));

        Assert.InRange(world.MachineClock.GetUtcNow() - began, new EngineOptions().CallLease, new EngineOptions().CallLease + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_can_never_be_stored_is_not_tried_again()
    {
        await using var world = await PlannedAsync();
        var ledger = new Unreliable(world.Get<ILedger>(), failures: 1, new StorageException("too long") { MayPass = false });
        var store = await AnsweredAsync(world, ledger);

        await Assert.ThrowsAsync<StorageException>(store.EndAsync);

        Assert.Equal(1, ledger.Tries);
    }

    [Fact]
    public async Task Messages_whose_hand_over_may_be_committed_but_that_were_not_sent_become_deferred_and_not_unknown()
    {
        await using var world = await PlannedAsync();
        var ledger = new Unreliable(world.Get<ILedger>(), failures: 2, Away) { LosesHandOvers = true };
        var claimed = Assert.Single(await ledger.ClaimDueAsync(world.Get<EngineNode>().Lease(TimeSpan.FromMinutes(5)), world.Now, 1, CancellationToken.None));
        var flow = HandOversOf(world, ledger).Begin(Channel.Email, CancellationToken.None);
        await flow.OfferAsync([Ready(claimed)], world.MachineClock.GetUtcNow().AddMinutes(1));

        await Assert.ThrowsAsync<StorageException>(() => world.MachineClock.UntilAsync(flow.EndAsync()));

        var delivery = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Deferred, 0), (delivery.State, delivery.Attempts));
        Assert.Empty(world.Fake.Emails);
    }

    [Fact]
    public void Answers_gather_for_a_quarter_of_the_time_that_one_takes()
    {
        var gather = new GatherTime();
        Assert.Equal(TimeSpan.Zero, gather.Now);
        Took(TimeSpan.FromMilliseconds(40));
        Assert.InRange(gather.Now, TimeSpan.FromMilliseconds(9.9), TimeSpan.FromMilliseconds(10));
        Took(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromMilliseconds(25), gather.Now);
        Took(TimeSpan.FromMilliseconds(4));
        Assert.Equal(TimeSpan.Zero, gather.Now);

        void Took(TimeSpan time)
        {
            for (var answer = 0; answer < 300; answer++)
                gather.Took(time);
        }
    }

    private static async Task<World> PlannedAsync()
    {
        var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync(Work.Events);
        await world.RunAsync(Work.Enrolments);
        return world;
    }

    // A message that was handed over, and accepted.
    private static async Task<OutcomeStore> AnsweredAsync(World world, Unreliable ledger)
    {
        var lease = world.Get<EngineNode>().Lease(TimeSpan.FromMinutes(5));
        var claimed = Assert.Single(await ledger.ClaimDueAsync(lease, world.Now, 1, CancellationToken.None));
        Assert.Single(await ledger.HandOverAsync(lease, [new HandOver(claimed.Id, Channel.Email, FakeConnections.Name)], world.Now, CancellationToken.None));
        var places = new SendPlaces(new SendLevel(8));
        await places.TakeAsync(1);
        var store = new OutcomeStore(HandOversOf(world, ledger), places, CancellationToken.None);
        store.Add(Ready(claimed), new SendAnswer(SendResult.Accepted("id"), HonoursKey: false, Called: true), TimeSpan.Zero);
        return store;
    }

    private static HandOvers HandOversOf(World world, ILedger ledger) => new(
        ledger, world.Get<IPublishedContent>(), world.Get<SendCall>(), world.Get<SendDecider>(), world.Get<AttentionDesk>(), world.Get<Pace>(), world.Get<CoreSettings>(),
        world.Get<Clocks>(), world.Get<EngineNode>(), world.Get<EngineOptions>());

    private static ReadyDelivery Ready(Delivery claimed) =>
        new(claimed, null, new Verdict.Go(Channel.Email, FakeConnections.Name, "anna@customers.example"), Composed.Failed("not looked at"));

    private static async Task<bool> DoneAsync(OutcomeStore store)
    {
        await store.EndAsync();
        return true;
    }

    /// <summary>A ledger that fails some times when outcomes come, and perhaps after it has committed a hand-over.</summary>
    private sealed class Unreliable(ILedger inner, int failures, Exception fault) : ILedger
    {
        public int Tries { get; private set; }

        public bool LosesHandOvers { get; init; }

        public Task<IReadOnlyList<Delivery>> ClaimDueAsync(Lease lease, Channel channel, DateTimeOffset now, int limit, CancellationToken cancellation) =>
            inner.ClaimDueAsync(lease, channel, now, limit, cancellation);

        // As a caller of the interface sees it.
        public Task<IReadOnlyList<Delivery>> ClaimDueAsync(Lease lease, DateTimeOffset now, int limit, CancellationToken cancellation) =>
            inner.ClaimDueAsync(lease, now, limit, cancellation);

        public async Task<IReadOnlySet<Guid>> HandOverAsync(Lease lease, IReadOnlyList<HandOver> handOvers, DateTimeOffset now, CancellationToken cancellation)
        {
            var held = await inner.HandOverAsync(lease, handOvers, now, cancellation);
            return LosesHandOvers ? throw fault : held;
        }

        public Task CompleteAsync(Lease lease, IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellation) =>
            ++Tries <= failures ? throw fault : inner.CompleteAsync(lease, outcomes, cancellation);

        public Task PassOnAsync(Lease lease, Channel to, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<(int Replanned, int Unknown)> RecoverAsync(
            DateTimeOffset machineNow, DateTimeOffset now, IReadOnlySet<string> resendable, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<Guid, Delivery>> GetAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<Delivery>> ListAsync(DeliveryState state, int limit, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<bool> SettleAsync(DeliveryOutcome outcome, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<Delivery>> TakeUnknownAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task LookAgainAsync(Guid id, DateTimeOffset? at, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<DeliveryState, long>> CountAsync(CancellationToken cancellation) => throw new NotSupportedException();
    }
}

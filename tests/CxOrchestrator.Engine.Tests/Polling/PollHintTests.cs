using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Polling;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxOrchestrator.Engine.Tests.Polling;

/// <summary>A service that says that its mailbox changed is asked at once, and it alone.</summary>
public sealed class PollHintTests
{
    [Fact]
    public async Task A_hint_wakes_the_polling_and_nothing_is_stored_of_it_while_facts_beside_it_are()
    {
        var (world, anna, delivery) = await Sent();
        await using var _ = world;
        var hint = world.Fact(ServiceFacts.MailboxChanged);

        var results = await world.Get<IConnectorIntake>().AcceptAsync(
            FakeConnections.Name, [hint, world.Fact(ServiceFacts.MessageRead, delivery: delivery.Key), hint with { Id = "other" }], CancellationToken.None);

        Assert.Equal([IntakeOutcome.Duplicate, IntakeOutcome.Stored, IntakeOutcome.Duplicate], results.Select(result => result.Outcome));
        await world.Get<Nudges>().WaitAsync(Work.Polling, TimeSpan.FromHours(1), world.MachineClock, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.NotNull(await world.Get<IEventStore>().FindAsync(anna.Id, ServiceFacts.MessageRead, delivery.Id, null, CancellationToken.None));
    }

    [Fact]
    public async Task The_connection_that_gave_it_is_polled_until_it_has_told_all_and_the_others_at_their_time()
    {
        await using var world = await World.WithAsync();
        var two = new TwoMailboxes();
        var hints = world.Get<PollHints>();
        var options = new EngineOptions();
        var pass = new PollPass(
            two, world.Get<IMarkStore>(), world.Get<IConnectorIntake>(), world.Get<Pace>(), hints, world.Get<Turns>(), world.Get<Clocks>(), options, NullLogger<PollPass>.Instance);

        await pass.RunAsync(CancellationToken.None);
        Assert.Equal(["a", "b"], two.Polled);
        hints.Ask("b");
        await pass.RunAsync(CancellationToken.None);
        await pass.RunAsync(CancellationToken.None);
        Assert.Equal(["a", "b", "b", "b"], two.Polled);

        hints.Ask("b");
        world.MachineClock.Advance(options.PollEvery);
        await pass.RunAsync(CancellationToken.None);
        Assert.Equal(["a", "b", "b", "b", "a", "b"], two.Polled);
        await pass.RunAsync(CancellationToken.None);
        Assert.Equal(["a", "b"], two.Polled.TakeLast(2));
    }

    [Fact]
    public async Task A_hint_of_a_connection_that_is_none_polls_nobody_and_hurts_nobody()
    {
        await using var world = await World.WithAsync();
        await world.RunAsync();
        world.Get<PollHints>().Ask("nobody");

        Assert.Equal(0, await world.RunAsync(Work.Polling));
    }

    private static Task<(World World, Core.Customers.Customer Anna, Core.Ledger.Delivery Delivery)> Sent() => Inbound.Sent.Async(Inbound.Sent.ByMail, unknown: true);

    private sealed class TwoMailboxes : IConnections, IEventPoller
    {
        private string _current = "";

        public List<string> Polled { get; } = [];

        public IReadOnlyList<ConnectionStatus> Connections { get; } = [.. new[] { "a", "b" }.Select(name =>
            new ConnectionStatus(name, "mail", [Capability.EventPoller], new StateReport(ConnectionState.Ready, "", DateTimeOffset.UnixEpoch, "")))];

        public IReadOnlyList<PluginStatus> Plugins => [];

        public ConnectionStatus? For(Capability capability) => null;

        public bool Accepts(string connection) => true;

        public async Task<CallResult<T>> CallAsync<TCapability, T>(
            string connection, CallKind kind, Func<TCapability, CancellationToken, Task<T>> call, CancellationToken cancellation)
            where TCapability : class
        {
            _current = connection;
            return new CallResult<T>.Answered(await call((TCapability)(object)this, cancellation));
        }

        public Task<Page<ConnectorEvent>> PollAsync(string? cursor, CancellationToken cancellation)
        {
            Polled.Add(_current);
            return Task.FromResult(new Page<ConnectorEvent>([], null));
        }
    }
}

using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Inbound;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Inbound;

public sealed class RecognitionTests
{
    [Fact]
    public async Task The_delivery_comes_before_the_id_and_the_id_before_the_address()
    {
        var (world, anna, delivery) = await Sent.Async(Sent.ByMail);
        await using var _ = world;
        var ben = await world.CustomerAsync("ben");
        await world.Get<ICustomerStore>().UpsertAsync(
            [new CustomerDraft([new ExternalId("shop", "ben"), new ExternalId(FakeConnections.Name, "7")], null, null, null, null, [], default)], world.Now, CancellationToken.None);

        var meant = await world.Get<Recognition>().FindAsync(
            FakeConnections.Name,
            [
                world.Fact("x", delivery: delivery.Key, person: "7", address: "ben@example.test"),
                world.Fact("x", delivery: Guid.Empty.ToString("N"), person: "7", address: "anna@example.test"),
                world.Fact("x", person: "8", address: "Anna@Example.test "),
                world.Fact("x", person: ben.Id.ToString("N")),
                world.Fact("x", delivery: "not a key", person: "8", address: "nobody"),
            ],
            CancellationToken.None);

        Assert.Equal(
            [new Meant(anna.Id, delivery.Id), new Meant(ben.Id, null), new Meant(anna.Id, null), new Meant(ben.Id, null), new Meant(null, null)], meant);
    }

    [Fact]
    public async Task What_is_told_is_stored_with_whom_and_what_it_is_about()
    {
        var (world, anna, delivery) = await Sent.Async(Sent.ByMail);
        await using var _ = world;
        Assert.Equal(IntakeOutcome.Stored, Assert.Single(await world.ToldAsync(world.Fact(ServiceFacts.MessageRead, delivery: delivery.Key, address: "anna@example.test"))).Outcome);

        var stored = await world.Get<IEventStore>().FindAsync(anna.Id, ServiceFacts.MessageRead, delivery.Id, null, CancellationToken.None);

        Assert.Equal((FakeConnections.Name, anna.Id, "anna@example.test"), (stored!.Source, stored.CustomerId, stored.Data.GetProperty("address").GetString()));
    }

    [Fact]
    public async Task What_a_connection_tells_when_it_is_asked_is_acted_on_as_if_it_had_called()
    {
        var (world, _, delivery) = await Sent.Async(Sent.ByMail, unknown: true);
        await using var __ = world;
        await world.PassAsync(TimeSpan.FromSeconds(30));
        var told = world.Fact(ServiceFacts.MessageDelivered, delivery: delivery.Key);
        world.Fake.Has.Add(Capability.EventPoller);
        world.Fake.OnPoll = cursor => cursor is null ? new Page<ConnectorEvent>([told], "1") : new Page<ConnectorEvent>([], null);

        await world.RunAsync();

        Assert.Equal((DeliveryState.Accepted, Engagement.Delivered), await world.DeliveryAsync() is var row ? (row.State, row.Engagement) : default);
    }
}

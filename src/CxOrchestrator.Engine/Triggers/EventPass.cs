using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Inbound;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Running;

namespace CxOrchestrator.Engine.Triggers;

/// <summary>Decides what events do: exits, goals, wake-ups, beginnings. One decision stays for every journey that begins with an event's type.</summary>
internal sealed class EventPass(
    IEventStore events, ICustomerStore customers, IConnections connections, IPublishedContent content, JourneyStates states, EventWave wave, EngineNode node, EngineOptions options) : IPass
{
    private const string AnySource = "customer";

    /// <inheritdoc/>
    public Work Work => Work.Events;

    /// <inheritdoc/>
    public int Full => options.EventBatch;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await content.RefreshAsync(stop);
        var claimed = await events.ClaimAsync(node.Lease(options.StoreLease), options.EventBatch, stop);
        if (claimed.Count == 0)
            return 0;

        await states.RefreshAsync(CancellationToken.None);
        // What is claimed is decided to the end, also while stopping: it is a matter of milliseconds, and a lease that is left behind lasts minutes.
        var done = 0;
        var leftTo = new HashSet<Guid>();
        foreach (var batch in Waves(await RecogniseAsync(claimed)))
        {
            var ready = batch.Where(fact => fact.CustomerId is not { } id || !leftTo.Contains(id)).ToList();
            var left = await wave.ProcessAsync(ready, CancellationToken.None);
            leftTo.UnionWith(left.Select(fact => fact.CustomerId).OfType<Guid>());
            done += ready.Count - left.Count;
        }

        return done;
    }

    /// <summary>At most one event a customer in each wave, a customer's events in their order.</summary>
    private static IEnumerable<IReadOnlyList<CustomerEvent>> Waves(IReadOnlyList<CustomerEvent> facts)
    {
        var waves = new List<List<CustomerEvent>>();
        var seen = new Dictionary<Guid, int>();
        foreach (var fact in facts)
        {
            var place = 0;
            if (fact.CustomerId is { } id)
                seen[id] = (place = seen.GetValueOrDefault(id)) + 1;
            if (place == waves.Count)
                waves.Add([]);
            waves[place].Add(fact);
        }

        return waves;
    }

    // A customer may have become known after the event was stored.
    private async Task<IReadOnlyList<CustomerEvent>> RecogniseAsync(IReadOnlyList<CustomerEvent> facts)
    {
        var strangers = facts.Where(fact => fact.CustomerId is null).ToList();
        if (strangers.Count == 0)
            return facts;
        var found = await customers.FindAsync(
            strangers.SelectMany(fact => new[] { new ExternalId(fact.Source, fact.Subject), new ExternalId(AnySource, fact.Subject) }).ToHashSet(),
            CancellationToken.None);
        var addressed = await customers.FindByAddressAsync(strangers.Select(AddressOf).OfType<ContactPoint>().ToHashSet(), CancellationToken.None);
        return [.. facts.Select(fact => fact.CustomerId is not null ? fact : fact with { CustomerId = Find(fact) })];

        Guid? Find(CustomerEvent fact)
        {
            if (found.TryGetValue(new ExternalId(fact.Source, fact.Subject), out var id) || found.TryGetValue(new ExternalId(AnySource, fact.Subject), out id))
                return id;
            return AddressOf(fact) is { } point && addressed.TryGetValue(point, out var people) ? people[0] : null;
        }
    }

    // Only what a connection tells is believed to name somebody by an address.
    private ContactPoint? AddressOf(CustomerEvent fact) =>
        FactMaterial.IsTold(fact, connections) ? AddressText.Any(fact.Text(ConnectorIntake.Address)) : null;
}

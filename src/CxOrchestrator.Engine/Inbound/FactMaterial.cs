using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Inbound;

/// <summary>All that the rules on facts need for a wave of events, read at once; nothing is read where there are no such facts in it.</summary>
internal sealed class FactMaterial
{
    /// <summary>Nothing.</summary>
    public static readonly FactMaterial None = new();

    /// <summary>Keys of the events that a connection has told and the host acts on.</summary>
    public IReadOnlySet<Guid> Told { get; private init; } = new HashSet<Guid>();

    /// <summary>The deliveries that they are about.</summary>
    public IReadOnlyDictionary<Guid, Delivery> Deliveries { get; private init; } = new Dictionary<Guid, Delivery>();

    /// <summary>Everybody who has the addresses that they name.</summary>
    public IReadOnlyDictionary<ContactPoint, IReadOnlyList<Guid>> People { get; private init; } = new Dictionary<ContactPoint, IReadOnlyList<Guid>>();

    /// <summary>What these have said.</summary>
    public IReadOnlyDictionary<(Guid, Channel, Purpose), ConsentRecord> Consent { get; private init; } =
        new Dictionary<(Guid, Channel, Purpose), ConsentRecord>();

    /// <summary>Cases about answers, by origin.</summary>
    public IReadOnlyDictionary<string, Case> Cases { get; private init; } = new Dictionary<string, Case>();

    /// <summary>Reads it.</summary>
    public static async Task<FactMaterial> LoadAsync(FactStores stores, IReadOnlyList<CustomerEvent> wave, CancellationToken cancellation)
    {
        var told = wave.Where(fact => IsTold(fact, stores.Connections)).ToList();
        var changed = wave.Where(ChangedAnswers.IsOne).ToList();
        if (told.Count == 0 && changed.Count == 0)
            return None;

        var deliveries = await stores.Ledger.GetAsync([.. told.Select(fact => fact.DeliveryId).OfType<Guid>().Distinct()], cancellation);
        var points = told.Where(ContactFacts.IsOne).Select(fact => AddressText.Any(fact.Text(ConnectorIntake.Address))).OfType<ContactPoint>().ToHashSet();
        var people = await stores.Customers.FindByAddressAsync(points, cancellation);
        var everybody = told.Where(ContactFacts.IsOne).Select(fact => fact.CustomerId).OfType<Guid>().Concat(people.Values.SelectMany(keys => keys)).ToHashSet();
        var consent = await stores.Consents.InForceAsync(everybody, cancellation);
        var cases = new Dictionary<string, Case>(StringComparer.Ordinal);
        foreach (var origin in changed.Select(ChangedAnswers.OriginOf).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await stores.Cases.FindAsync(origin, cancellation) is { } found)
                cases[origin] = found;
        }

        return new FactMaterial
        {
            Told = told.Select(fact => fact.Id).ToHashSet(),
            Deliveries = deliveries,
            People = people,
            Consent = consent.ToDictionary(record => (record.CustomerId, record.Channel, record.Purpose)),
            Cases = cases,
        };
    }

    /// <summary>Whether a connection tells it, and the host acts on it. The same type from another source is an event like any other.</summary>
    public static bool IsTold(CustomerEvent fact, IConnections connections) =>
        EventTypes.ToldByServices.Contains(fact.Type)
        && connections.Connections.Any(connection => string.Equals(connection.Name, fact.Source, StringComparison.Ordinal));
}

/// <summary>Where <see cref="FactMaterial"/> is read from.</summary>
internal sealed record FactStores(
    IConnections Connections, ILedger Ledger, ICustomerStore Customers, IConsentStore Consents, ICaseStore Cases);

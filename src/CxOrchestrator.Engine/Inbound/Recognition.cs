using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Inbound;

/// <summary>Whom and what a fact is about, as far as it can be told.</summary>
internal sealed record Meant(Guid? CustomerId, Guid? DeliveryId);

/// <summary>
/// Finds out whom a connector means: the customer of the delivery that it names; else the one whose id it tells, in that connection or ours; else the one
/// who has the address. Of several with one address it is the one known longest.
/// </summary>
internal sealed class Recognition(ICustomerStore customers, ILedger ledger)
{
    /// <summary>Whom each fact means, in the same order.</summary>
    public async Task<IReadOnlyList<Meant>> FindAsync(string connection, IReadOnlyList<ConnectorEvent> told, CancellationToken cancellation)
    {
        var deliveries = await ledger.GetAsync([.. told.Select(one => Key(one.DeliveryKey)).OfType<Guid>().Distinct()], cancellation);
        var ids = await customers.FindAsync([.. told.Where(NamesPerson).Select(Id).Distinct()], cancellation);
        var ours = await customers.GetAsync([.. told.Select(one => Key(one.PersonId)).OfType<Guid>().Distinct()], cancellation);
        var points = await customers.FindByAddressAsync([.. told.Select(one => AddressText.Any(one.Address)).OfType<ContactPoint>().Distinct()], cancellation);
        return [.. told.Select(Find)];

        ExternalId Id(ConnectorEvent one) => new(connection, one.PersonId);

        Meant Find(ConnectorEvent one)
        {
            var delivery = Key(one.DeliveryKey) is { } key ? deliveries.GetValueOrDefault(key) : null;
            return new Meant(delivery?.CustomerId ?? ById(one) ?? ByAddress(one), delivery?.Id);
        }

        Guid? ById(ConnectorEvent one)
        {
            if (!NamesPerson(one))
                return null;
            if (ids.TryGetValue(Id(one), out var known))
                return known;
            return Key(one.PersonId) is { } own && ours.ContainsKey(own) ? own : null;
        }

        Guid? ByAddress(ConnectorEvent one) =>
            AddressText.Any(one.Address) is { } point && points.TryGetValue(point, out var people) ? people[0] : null;
    }

    private static bool NamesPerson(ConnectorEvent one) => !string.IsNullOrWhiteSpace(one.PersonId);

    private static Guid? Key(string? text) => Guid.TryParse(text, out var key) ? key : null;
}

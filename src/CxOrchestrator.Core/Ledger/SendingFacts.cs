using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Core.Ledger;

/// <summary>What decisions on a batch of deliveries stand on.</summary>
/// <param name="Customers">The customers, by key, with their contact points and without their external ids, which no message shows.</param>
/// <param name="Enrolments">The enrolments, by key.</param>
/// <param name="Consents">What the customers said last, for each channel and purpose.</param>
/// <param name="Suppressed">Those of the customers' contact points that must not be used.</param>
public sealed record SendingFacts(
    IReadOnlyDictionary<Guid, Customer> Customers, IReadOnlyDictionary<Guid, Enrolment> Enrolments,
    IReadOnlyDictionary<(Guid CustomerId, Channel Channel, Purpose Purpose), ConsentRecord> Consents, IReadOnlySet<ContactPoint> Suppressed)
{
    /// <summary>What the customer said last, or null where nothing is known.</summary>
    public ConsentRecord? ConsentOf(Customer customer, Channel channel, Purpose purpose) => Consents.GetValueOrDefault((customer.Id, channel, purpose));

    /// <summary>Whether an address must not be used.</summary>
    public bool IsSuppressed(Channel channel, string address) => Suppressed.Contains(new ContactPoint(channel, address));
}

using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>All that decisions on a batch of deliveries need, read at once.</summary>
internal sealed class DispatchFacts
{
    private readonly IReadOnlyDictionary<(Guid, Channel, Purpose), ConsentRecord> _consent;
    private readonly IReadOnlySet<ContactPoint> _suppressed;

    private DispatchFacts(
        IReadOnlyDictionary<Guid, Customer> customers, IReadOnlyDictionary<Guid, Enrolment> enrolments,
        IReadOnlyDictionary<(Guid, Channel, Purpose), ConsentRecord> consent, IReadOnlySet<ContactPoint> suppressed)
    {
        Customers = customers;
        Enrolments = enrolments;
        _consent = consent;
        _suppressed = suppressed;
    }

    /// <summary>The customers, by key.</summary>
    public IReadOnlyDictionary<Guid, Customer> Customers { get; }

    /// <summary>The enrolments, by key.</summary>
    public IReadOnlyDictionary<Guid, Enrolment> Enrolments { get; }

    public static async Task<DispatchFacts> LoadAsync(
        ICustomerStore customers, IEnrolmentStore enrolments, IConsentStore consents, IReadOnlyList<Delivery> deliveries, CancellationToken cancellation)
    {
        var ids = deliveries.Select(delivery => delivery.CustomerId).Distinct().ToList();
        var people = await customers.GetAsync(ids, cancellation);
        var inForce = await consents.InForceAsync(ids, cancellation);
        var points = people.Values.SelectMany(customer => customer.ContactPoints).Distinct().ToList();
        return new DispatchFacts(
            people,
            await enrolments.GetAsync([.. deliveries.Select(delivery => delivery.EnrolmentId).Distinct()], cancellation),
            inForce.ToDictionary(record => (record.CustomerId, record.Channel, record.Purpose)),
            await consents.SuppressedAsync(points, cancellation));
    }

    /// <summary>What the customer said last, or null where nothing is known.</summary>
    public ConsentRecord? ConsentOf(Customer customer, Channel channel, Purpose purpose) => _consent.GetValueOrDefault((customer.Id, channel, purpose));

    public bool IsSuppressed(Channel channel, string address) => _suppressed.Contains(new ContactPoint(channel, address));
}

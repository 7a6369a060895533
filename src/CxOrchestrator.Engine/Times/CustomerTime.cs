using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Engine.Times;

/// <summary>Counts time as a customer lives it: in their zone, by the company's calendar.</summary>
public sealed class CustomerTime(CoreSettings settings)
{
    /// <summary>When a timing that is counted from a time ends.</summary>
    public DateTimeOffset Resolve(Timing timing, DateTimeOffset from, Customer customer) =>
        timing.Resolve(from, ZoneOf(customer), settings.Business);

    /// <summary>A time and a duration after it.</summary>
    public DateTimeOffset Add(Duration duration, DateTimeOffset from, Customer customer) =>
        duration.Add(from, ZoneOf(customer), settings.Business);

    /// <summary>The first moment from a time on at which the customer may be disturbed.</summary>
    public DateTimeOffset NextAllowed(DateTimeOffset from, Customer customer) =>
        QuietHours.NextAllowed(from, ZoneOf(customer), settings.Sending.QuietFrom, settings.Sending.QuietTo);

    /// <summary>The customer's zone.</summary>
    public TimeZoneInfo ZoneOf(Customer customer) => Zones.Find(customer.TimeZone, settings.DefaultTimeZone).Zone;
}

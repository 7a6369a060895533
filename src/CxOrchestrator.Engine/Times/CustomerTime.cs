using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Engine.Times;

/// <summary>Counts time as a customer lives it: in their zone, by the company's calendar or the one that is named.</summary>
public sealed class CustomerTime(CoreSettings settings)
{
    /// <summary>When a timing that is counted from a time ends.</summary>
    /// <exception cref="UnknownCalendarException">It names a calendar that isn't configured.</exception>
    public DateTimeOffset Resolve(Timing timing, DateTimeOffset from, Customer customer) =>
        timing.Resolve(from, ZoneOf(customer), settings.Calendar(timing.Calendar));

    /// <summary>A time and a duration after it.</summary>
    /// <exception cref="UnknownCalendarException">It names a calendar that isn't configured.</exception>
    public DateTimeOffset Add(Duration duration, DateTimeOffset from, Customer customer) =>
        duration.Add(from, ZoneOf(customer), settings.Calendar(duration.Calendar));

    /// <summary>The first moment from a time on at which the customer may be disturbed.</summary>
    public DateTimeOffset NextAllowed(DateTimeOffset from, Customer customer) =>
        QuietHours.NextAllowed(from, ZoneOf(customer), settings.Sending.QuietFrom, settings.Sending.QuietTo);

    /// <summary>The first moment from a time on at which a calendar's office is open; null where it isn't for more than a year.</summary>
    /// <exception cref="UnknownCalendarException">There is no such calendar.</exception>
    public DateTimeOffset? NextOpen(DateTimeOffset from, string calendar) => settings.Calendar(calendar).NextOpen(from);

    /// <summary>When a timing ends that names a calendar, as people of that office say it; empty for any other, which is said by the instant alone.</summary>
    public string Said(Timing timing, DateTimeOffset until)
    {
        if (timing.Calendar is not { } name || !settings.HasCalendar(name))
            return "";
        var zone = settings.Calendar(name).Zone;
        return string.Create(CultureInfo.InvariantCulture, $" ({timing}: {LocalTime.InZone(until, zone):ddd yyyy-MM-dd HH:mm} in {zone.Id})");
    }

    /// <summary>The customer's zone.</summary>
    public TimeZoneInfo ZoneOf(Customer customer) => Zones.Find(customer.TimeZone, settings.DefaultTimeZone).Zone;
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Times;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>Decides whether now is a time of day to send: not in the customer's quiet hours, and in the business hours that the step asks for.</summary>
internal sealed class SendHoursRule(CustomerTime time)
{
    // The end of a night and the next opening, again and again: where the two leave no room in so many, they will hardly ever.
    private const int MostRounds = 60;

    private static readonly TimeSpan LookAgain = TimeSpan.FromDays(1);

    /// <summary>When it may go, with the reason why not now; null where it may.</summary>
    public Verdict.Later? Closed(Delivery delivery, Customer customer, DateTimeOffset now)
    {
        try
        {
            return Wait(delivery, customer, now);
        }
        catch (UnknownCalendarException unknown)
        {
            // Not by another calendar's hours: an admin can put it right, and until then it waits.
            return new Verdict.Later(now + LookAgain, unknown.Message, Outage: true);
        }
    }

    private Verdict.Later? Wait(Delivery delivery, Customer customer, DateTimeOffset now)
    {
        var at = now;
        var (quiet, closed) = (false, false);
        for (var round = 0; round < MostRounds; round++)
        {
            var next = delivery.Purpose == Purpose.Service ? at : time.NextAllowed(at, customer);
            quiet |= next > at;
            if (delivery.SendIn is not { } calendar)
                return next > now ? new Verdict.Later(next, $"quiet hours in {customer.TimeZone} until {next:u}", Outage: false) : null;
            if (time.NextOpen(next, calendar) is not { } open)
                return new Verdict.Later(now + LookAgain, $"business hours of {calendar}: it does not open in more than a year", Outage: false);
            closed |= open > next;
            if (open == at)
                return open > now ? new Verdict.Later(open, Words(calendar, open, quiet, closed, customer), Outage: false) : null;
            at = open;
        }

        return new Verdict.Later(now + LookAgain, $"the business hours of {delivery.SendIn} lie in the quiet hours in {customer.TimeZone}", Outage: false);
    }

    private static string Words(string calendar, DateTimeOffset open, bool quiet, bool closed, Customer customer)
    {
        if (!closed)
            return $"quiet hours in {customer.TimeZone} until {open:u}";
        var also = quiet ? $", and not in the quiet hours in {customer.TimeZone}" : "";
        return $"waits until the office opens at {open:u} (business hours of {calendar}{also})";
    }
}

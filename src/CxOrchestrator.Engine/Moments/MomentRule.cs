using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Moments;
using CxOrchestrator.Engine.Times;

namespace CxOrchestrator.Engine.Moments;

/// <summary>What a look at a customer came to.</summary>
/// <param name="Told">The event that tells that the moment has come, or null.</param>
/// <param name="Next">When to look again; null for not before something changes.</param>
/// <param name="Since">From when a silence is counted; null for dates.</param>
internal sealed record MomentLooked(CustomerEvent? Told, DateTimeOffset? Next, DateTimeOffset? Since)
{
    /// <summary>Nothing, now or later.</summary>
    public static readonly MomentLooked Never = new(null, null, null);
}

/// <summary>
/// Decides whether a date or the end of a silence has come for a customer. The event's id is made of what it is about (the year of a birthday, the date of a
/// renewal, the last event before a silence), so that looking twice, on any node, tells it once.
/// </summary>
internal sealed class MomentRule(CustomerTime time)
{
    /// <summary>Looks at a customer.</summary>
    /// <param name="plan">The journey's plan.</param>
    /// <param name="trigger">Its trigger.</param>
    /// <param name="customer">The customer, with attributes.</param>
    /// <param name="heard">When the last event of the silence's type came, or null.</param>
    /// <param name="wasDue">Whether this moment was planned and is due: what is late then is told all the same, so that it leaves a reason.</param>
    /// <param name="now">Now, in customers' time.</param>
    public MomentLooked Look(MomentPlan plan, EventTrigger trigger, Customer customer, DateTimeOffset? heard, bool wasDue, DateTimeOffset now) => trigger switch
    {
        _ when customer.GoneAt is not null => MomentLooked.Never,
        DateTrigger date => OfDate(plan, date, customer, wasDue, now),
        SilenceTrigger silence => OfSilence(plan, silence, customer, heard, now),
        _ => MomentLooked.Never,
    };

    /// <summary>When a silence will have been long enough, if nothing breaks it.</summary>
    public DateTimeOffset EndOf(SilenceTrigger silence, DateTimeOffset last, Customer customer) => time.Resolve(silence.For, last, customer);

    private MomentLooked OfDate(MomentPlan plan, DateTrigger trigger, Customer customer, bool wasDue, DateTimeOffset now)
    {
        var zone = time.ZoneOf(customer);
        if (!customer.Attributes.TryGetProperty(trigger.Field, out var value) || CustomerDate.Read(value, zone) is not { } date)
            return MomentLooked.Never;
        var (newest, next) = DateMoments.Around(trigger, date, zone, now);
        var counts = newest is not null && newest.At >= plan.Since && (wasDue || time.Add(trigger.Within!, newest.At, customer) >= now);
        return new MomentLooked(counts ? Told(plan, trigger, customer, newest!, now) : null, next?.At, null);
    }

    private MomentLooked OfSilence(MomentPlan plan, SilenceTrigger trigger, Customer customer, DateTimeOffset? heard, DateTimeOffset now)
    {
        if ((heard ?? (trigger.SinceKnown ? customer.CreatedAt : null)) is not { } last)
            return MomentLooked.Never;
        var end = EndOf(trigger, last, customer);
        if (end > now)
            return new MomentLooked(null, end, last);
        // A silence that was long enough before the journey asked for it.
        return end < plan.Since && !trigger.Already ? MomentLooked.Never : new MomentLooked(Told(plan, trigger, customer, last, heard is null, now), null, last);
    }

    private static CustomerEvent Told(MomentPlan plan, DateTrigger trigger, Customer customer, DateMoment moment, DateTimeOffset now)
    {
        var which = moment.Day.ToString(trigger.Yearly ? "yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Event(EventTypes.DateReached, $"date/{plan.Journey}/{trigger.Field}/{customer.Id:N}/{which}", customer, moment.At, now, new(StringComparer.Ordinal)
        {
            ["journey"] = plan.Journey, ["field"] = trigger.Field, ["date"] = moment.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        });
    }

    // It is told when it is seen: a silence that ended unseen while nothing ran is a silence still.
    private static CustomerEvent Told(MomentPlan plan, SilenceTrigger trigger, Customer customer, DateTimeOffset last, bool never, DateTimeOffset now) =>
        Event(
            EventTypes.CustomerSilent, $"silence/{plan.Journey}/{trigger.Of}/{customer.Id:N}/{last.UtcDateTime:yyyyMMdd'T'HHmmss.ffffff}", customer, now, now,
            new(StringComparer.Ordinal) { ["journey"] = plan.Journey, ["of"] = trigger.Of, ["since"] = last, ["never"] = never });

    private static CustomerEvent Event(string type, string id, Customer customer, DateTimeOffset at, DateTimeOffset now, Dictionary<string, object?> data) => new()
    {
        Id = Ids.New(now),
        Source = EventTypes.OwnSource,
        SourceId = id,
        Type = type,
        Subject = customer.Id.ToString("N"),
        CustomerId = customer.Id,
        Time = at,
        ReceivedAt = now,
        Data = JsonSerializer.SerializeToElement(data),
    };
}

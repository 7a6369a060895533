using System.Text.Json;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Core.Journeys;

/// <summary>What begins a journey.</summary>
public abstract record Trigger;

/// <summary>An event of a type begins it. What the engine finds by itself (a date, a silence) it tells as an event, so that all triggers end here.</summary>
/// <param name="On">The event's type.</param>
/// <param name="When">Must be true; null for always.</param>
/// <param name="Within">Events older than this begin nothing; null takes the setting <c>Events:TriggerWithin</c>.</param>
public record EventTrigger(string On, Condition? When, Duration? Within) : Trigger
{
    /// <summary>Whether an event is one of those that begin a journey, as far as its condition lets it.</summary>
    /// <param name="fact">The event.</param>
    /// <param name="journey">The journey's key.</param>
    public virtual bool Hears(CustomerEvent fact, string journey) => fact.Type == On;

    /// <summary>Whether we told it ourselves: what another source calls the same says nothing about our surveys, segments and dates.</summary>
    protected bool IsOurs(CustomerEvent fact) => fact.Type == On && fact.Source == EventTypes.OwnSource;

    /// <summary>Whether a member of the event's data is this text.</summary>
    protected static bool Says(CustomerEvent fact, string member, string text) =>
        fact.Data.ValueKind == JsonValueKind.Object && fact.Data.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}

/// <summary>A schedule begins it for every customer of a segment.</summary>
/// <param name="Cron">Quartz cron expression with seconds, for example <c>0 0 9 ? * MON</c>.</param>
/// <param name="TimeZone">IANA zone of the schedule.</param>
/// <param name="Segment">Name of a CRM segment, or null for all customers.</param>
/// <param name="When">Must be true for the customer; null for always.</param>
public sealed record ScheduleTrigger(string Cron, string TimeZone, string? Segment, Condition? When) : Trigger;

/// <summary>An answer to a survey begins it; a change of the answer is an answer.</summary>
/// <param name="Survey">The survey's key.</param>
/// <param name="When">Must be true of the answer; null for any answer.</param>
public sealed record AnswerTrigger(string Survey, Condition? When) : EventTrigger(EventTypes.SurveyAnswered, When, null)
{
    /// <inheritdoc/>
    public override bool Hears(CustomerEvent fact, string journey) => IsOurs(fact) && Says(fact, "survey", Survey);
}

/// <summary>A change of a customer's field begins it: what the CRM, a file or a caller tells anew. What journeys set themselves begins nothing.</summary>
/// <param name="Field">The field, as conditions see it behind <c>customer.</c>.</param>
/// <param name="When">Must be true of the change (<c>event.data.from</c>, <c>event.data.to</c>); null for any change.</param>
public sealed record ChangeTrigger(string Field, Condition? When) : EventTrigger(EventTypes.Changed(Field), When, null)
{
    /// <inheritdoc/>
    public override bool Hears(CustomerEvent fact, string journey) => IsOurs(fact);
}

/// <summary>Coming into a segment of the CRM, or leaving it, begins it.</summary>
/// <param name="Segment">The segment's name.</param>
/// <param name="Leaves">True for leaving.</param>
/// <param name="Already">Whether it begins for those too who are in it when the journey is first published.</param>
/// <param name="When">Must be true; null for always.</param>
public sealed record SegmentTrigger(string Segment, bool Leaves, bool Already, Condition? When)
    : EventTrigger(Leaves ? EventTypes.SegmentLeft : EventTypes.SegmentEntered, When, null)
{
    /// <inheritdoc/>
    public override bool Hears(CustomerEvent fact, string journey) =>
        IsOurs(fact) && Says(fact, "segment", Segment) && (!fact.Data.TryGetProperty("journey", out _) || (Already && Says(fact, "journey", journey)));
}

/// <summary>A date of the customer begins it, on the day, before or after it, at a time of day in the customer's zone.</summary>
/// <param name="Field">The field that holds the date.</param>
/// <param name="Shift">How far from the date; negative for before.</param>
/// <param name="At">At what time of the customer's day.</param>
/// <param name="Yearly">True where each year's return of the day counts; false where each value of the field counts once.</param>
/// <param name="When">Must be true when it comes; null for always.</param>
/// <param name="Within">How late it may begin; null takes <see cref="Late"/>.</param>
public sealed record DateTrigger(string Field, DateShift Shift, TimeOnly At, bool Yearly, Condition? When, Duration? Within)
    : EventTrigger(EventTypes.DateReached, When, Within ?? Late)
{
    /// <summary>How late a date may begin a journey where its author doesn't say: what was missed for longer is let go.</summary>
    public static readonly Duration Late = Duration.OfDays(1);

    /// <summary>The time of day where its author doesn't say.</summary>
    public static readonly TimeOnly Morning = new(9, 0);

    /// <inheritdoc/>
    public override bool Hears(CustomerEvent fact, string journey) => IsOurs(fact) && Says(fact, "journey", journey);
}

/// <summary>Silence begins it: no event of a type for a while. It begins once in each silence.</summary>
/// <param name="Of">The event's type.</param>
/// <param name="For">How long, counted from the last event.</param>
/// <param name="SinceKnown">Whether customers who never had such an event count, from when they became known.</param>
/// <param name="Already">Whether silences count that were longer than that when the journey was first published.</param>
/// <param name="When">Must be true when it has been silent for so long; null for always.</param>
public sealed record SilenceTrigger(string Of, Timing For, bool SinceKnown, bool Already, Condition? When) : EventTrigger(EventTypes.CustomerSilent, When, null)
{
    /// <inheritdoc/>
    public override bool Hears(CustomerEvent fact, string journey) => IsOurs(fact) && Says(fact, "journey", journey);
}

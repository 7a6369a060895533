using CxOrchestrator.Core.Content.Schema;

namespace CxOrchestrator.Core.Journeys;

/// <summary>What may stand in a journey's trigger; the first key of each tells its kind.</summary>
internal static class TriggerShapes
{
    private static readonly Key Within = new(
        "within", "Events older than this begin nothing. Default: the setting Events:TriggerWithin.", ValueSchemas.Duration);

    /// <summary>An event.</summary>
    public static Shape Event { get; } = new(
        "eventTrigger", "An event begins it.",
        new("on", "The event's type.", ValueSchemas.EventType, true), JourneyShapes.SurveyOfRule, JourneyShapes.When, Within);

    /// <summary>A schedule.</summary>
    public static Shape Schedule { get; } = new(
        "scheduleTrigger", "A schedule begins it for every customer of a segment.",
        new("cron", "Seconds, minutes, hours, day of the month, month, day of the week; for example 0 0 9 ? * MON for mondays at 9.", ValueSchemas.Text, true),
        new("zone", "The schedule's time zone, for example Europe/Berlin.", ValueSchemas.Text, true),
        new("segment", "A segment of the CRM. Default: all customers.", ValueSchemas.Text),
        new("when", "Only customers for whom this expression is true.", ValueSchemas.Expression));

    /// <summary>A date of the customer.</summary>
    public static Shape Date { get; } = new(
        "dateTrigger", "A date of the customer begins it, in their own zone. A birthday on 29 February is kept on 28 February in years without one.",
        new("date", "The customer's field that holds the date, for example birthday.", ValueSchemas.Field, true),
        new("before", "How long before the date, for example 30 days or 1 month. Default: on the day.", ValueSchemas.Shift),
        new("after", "How long after the date. Default: on the day.", ValueSchemas.Shift),
        new("at", "The time of day in the customer's zone. Default: 09:00.", ValueSchemas.Time),
        new("yearly", "true where the day comes again each year, as a birthday does. Default: false, once for each value of the field.", ValueSchemas.Flag),
        new("when", "Only where this is true when the day has come.", ValueSchemas.Expression),
        new("within", "How late it may begin where nothing ran at the time. Default: 1d.", ValueSchemas.Duration));

    /// <summary>A change of a field.</summary>
    public static Shape Changed { get; } = new(
        "changeTrigger", "A change of a customer's field begins it, as the CRM or an import tells it; what journeys set begins nothing.",
        new("changed", "The customer's field, for example plan.", ValueSchemas.Field, true),
        new("from", "Only where it was this before. Default: anything.", ValueSchemas.Plain),
        new("to", "Only where it is this now. Default: anything.", ValueSchemas.Plain),
        new("when", "Only where this is true; the change is event.data.from and event.data.to.", ValueSchemas.Expression));

    /// <summary>Coming into a segment.</summary>
    public static Shape Enters { get; } = new(
        "enterTrigger", "Coming into a segment of the CRM begins it.",
        new("enters", "The segment.", ValueSchemas.Text, true),
        new("already", "true where it begins for those too who are in it when the journey is first published. Default: false.", ValueSchemas.Flag),
        JourneyShapes.When);

    /// <summary>Leaving a segment.</summary>
    public static Shape Leaves { get; } = new(
        "leaveTrigger", "Leaving a segment of the CRM begins it.", new("leaves", "The segment.", ValueSchemas.Text, true), JourneyShapes.When);

    /// <summary>An answer.</summary>
    public static Shape Answer { get; } = new(
        "answerTrigger", "An answer to a survey begins it, however it was asked.",
        new("answer", "The survey.", ValueSchemas.Name, true),
        new("when", "Only where this is true of the answer, for example answer.score <= 6.", ValueSchemas.Expression));

    /// <summary>Silence.</summary>
    public static Shape Silence { get; } = new(
        "silenceTrigger", "Silence begins it: no event of a type for a while, once in each silence.",
        new("silence", "The type of the event that doesn't come, for example order.placed.", ValueSchemas.EventType, true),
        new("for", "For how long, counted from the last one, for example 60d or 60 days at 10:00.", ValueSchemas.Timing, true),
        new("sinceKnown", "true where customers who never had such an event count too, from when they became known. Default: false.", ValueSchemas.Flag),
        new("already", "true where silences count that were long enough before the journey was first published. Default: false.", ValueSchemas.Flag),
        new("when", "Only where this is true when it has been silent for so long.", ValueSchemas.Expression));

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<Shape> All { get; } = [Event, Schedule, Date, Changed, Enters, Leaves, Answer, Silence];

    /// <summary>The key that tells a trigger's kind.</summary>
    public static string KindOf(Shape shape) => shape.Keys[0].Name;
}

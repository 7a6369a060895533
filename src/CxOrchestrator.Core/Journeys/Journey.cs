using CxOrchestrator.Core.Consent;

namespace CxOrchestrator.Core.Journeys;

/// <summary>A journey, checked and compiled: what the engine walks. Immutable.</summary>
public sealed record Journey
{
    /// <summary>Its key: lower case letters, digits and dashes.</summary>
    public required string Key { get; init; }

    /// <summary>The published version, from 1; 0 where it isn't published.</summary>
    public int Version { get; init; }

    /// <summary>What its messages are for.</summary>
    public required Purpose Purpose { get; init; }

    /// <summary>Where in the company's dealings with the customer it belongs; may be empty.</summary>
    public string Touchpoint { get; init; } = "";

    /// <summary>How its messages stand to others' in the customer's attention budget, from <see cref="Journeys.Priority.Lowest"/> to <see cref="Journeys.Priority.Highest"/>.</summary>
    public int Priority { get; init; } = Journeys.Priority.Normal;

    /// <summary>The calendar in which it counts where a step names none; null for the company's. Its timings carry it.</summary>
    public string? Calendar { get; init; }

    /// <summary>The names of all calendars that it counts in beside the company's.</summary>
    public IReadOnlyCollection<string> Calendars { get; init; } = [];

    /// <summary>What begins it.</summary>
    public required Trigger Trigger { get; init; }

    /// <summary>Whether and when a customer may begin it again.</summary>
    public required Reentry Reentry { get; init; }

    /// <summary>The first day on which it may begin, in the company's zone; null for at once.</summary>
    public DateOnly? Starts { get; init; }

    /// <summary>The last day on which it may begin, in the company's zone; null for never.</summary>
    public DateOnly? Ends { get; init; }

    /// <summary>Events that end it.</summary>
    public IReadOnlyList<EventRule> Exits { get; init; } = [];

    /// <summary>The event that it is there for, or null.</summary>
    public EventRule? Goal { get; init; }

    /// <summary>The steps, flat: each names its successors by index. The walk begins at 0.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>What becomes of people in the middle of older versions when this one is published.</summary>
    public IReadOnlyList<MoveRule> Moves { get; init; } = [];

    /// <summary>Why nobody may begin it at a time, or null where they may.</summary>
    /// <param name="at">When.</param>
    /// <param name="zone">The company's zone.</param>
    public string? ClosedAt(DateTimeOffset at, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(LocalTime.InZone(at, zone));
        if (day < Starts)
            return $"the journey starts on {Starts:yyyy-MM-dd}";
        return day > Ends ? $"the journey has ended on {Ends:yyyy-MM-dd}" : null;
    }

    /// <summary>Index of a step by its id, or -1.</summary>
    public int IndexOf(string stepId)
    {
        for (var index = 0; index < Steps.Count; index++)
        {
            if (Steps[index].Id == stepId)
                return index;
        }

        return -1;
    }
}

/// <summary>An event of a type, with a condition: an exit rule or a goal.</summary>
public sealed record EventRule(string On, Condition? When);

/// <summary>How often a customer may begin a journey.</summary>
public abstract record Reentry
{
    /// <summary>Once ever.</summary>
    public sealed record Once : Reentry;

    /// <summary>Again after a while, counted from the last beginning.</summary>
    public sealed record Every(Duration Pause) : Reentry;

    /// <summary>With every event (or every run of the schedule).</summary>
    public sealed record Always : Reentry;

    /// <summary>Once for each value of an expression over the event, for example an order's number.</summary>
    public sealed record Per(Condition Value) : Reentry;
}

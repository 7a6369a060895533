using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Core.Journeys;

/// <summary>What there is for journeys to name.</summary>
/// <param name="Messages">Names of messages.</param>
/// <param name="Surveys">Keys of surveys.</param>
/// <param name="EventTypes">Types of events that sources tell: the setting <c>Events:Types</c>.</param>
/// <param name="CheckCron">Says what is wrong with a cron expression, or null where it is right.</param>
public sealed record KnownNames(
    IReadOnlyCollection<string> Messages, IReadOnlyCollection<string> Surveys, IReadOnlyCollection<string> EventTypes, Func<string, string?> CheckCron)
{
    /// <summary>Names of calendars beside the company's own: the setting <c>Calendars</c>.</summary>
    public IReadOnlyCollection<string> Calendars { get; init; } = [];

    /// <summary>Why a name is no calendar's, or null where it is one's.</summary>
    public string? NoCalendar(string name) => name == BusinessCalendar.Company || Calendars.Contains(name)
        ? null
        : $"There is no calendar '{name}'.{Nearest.Hint(name, Calendars.Append(BusinessCalendar.Company))} A calendar is a setting, Calendars:{name}.";
}

/// <summary>Checks what journeys name against what there is.</summary>
public static class ReferenceCheck
{
    /// <summary>The faults of journeys that stand beside each other. Types that one begins with or tells are known to the others.</summary>
    public static IReadOnlyList<Fault> Check(IReadOnlyCollection<JourneyParse> journeys, KnownNames known)
    {
        var faults = new List<Fault>();
        var told = known.EventTypes.Concat(EventTypes.Own).Concat(EventTypes.ToldByServices).Concat(Named(journeys, ReferenceKind.Emits)).ToHashSet(StringComparer.Ordinal);
        var begun = Named(journeys, ReferenceKind.TriggerType).ToHashSet(StringComparer.Ordinal);
        foreach (var journey in journeys)
        {
            foreach (var reference in journey.References)
            {
                if (Problem(reference, known, told, begun) is { } problem)
                    faults.Add(new Fault(journey.File, reference.Line, reference.Column, problem, reference.Kind == ReferenceKind.TriggerType));
            }
        }

        return faults;
    }

    private static IEnumerable<string> Named(IEnumerable<JourneyParse> journeys, ReferenceKind kind) =>
        journeys.SelectMany(journey => journey.References).Where(reference => reference.Kind == kind).Select(reference => reference.Name);

    private static string? Problem(JourneyReference reference, KnownNames known, HashSet<string> told, HashSet<string> begun)
    {
        var name = reference.Name;
        switch (reference.Kind)
        {
            case ReferenceKind.Message when !known.Messages.Contains(name):
                return $"There is no message '{name}'.{Nearest.Hint(name, known.Messages)} A message is a folder messages/{name}.";
            case ReferenceKind.Survey when !known.Surveys.Contains(name):
                return $"There is no survey '{name}'.{Nearest.Hint(name, known.Surveys)} A survey is a file surveys/{name}.yaml.";
            case ReferenceKind.ListensTo when !told.Contains(name) && !begun.Contains(name) && !EventTypes.IsOwn(name):
                return $"No event of the type '{name}' is known.{Nearest.Hint(name, told.Concat(begun))} Types that sources tell are added in the setting Events:Types.";
            case ReferenceKind.Emits when EventTypes.ToldByServices.Contains(name):
                return $"'{name}' is told by connections alone. Take another type.";
            case ReferenceKind.Emits when EventTypes.IsOwn(name):
                return $"'{name}' is told by the product itself. Take another type.";
            // A type that only triggers name may be right; where a known one is nearly the same, it probably isn't.
            case ReferenceKind.TriggerType when !told.Contains(name) && !EventTypes.IsOwn(name) && Nearest.Of(name, told) is { } near:
                return $"The type '{name}' is known from this trigger alone. Did you mean '{near}'?";
            case ReferenceKind.Calendar:
                return known.NoCalendar(name);
            case ReferenceKind.Cron when known.CheckCron(name) is { } wrong:
                return $"'{name}' is no cron expression: {wrong} Write for example 0 0 9 ? * MON for mondays at 9.";
            default:
                return null;
        }
    }
}

using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Engine.Doctor;

/// <summary>Finds what is in force, or still walked, and counts in calendars that the settings no longer have. An engine doesn't start on that.</summary>
public sealed class CalendarExam(IPublishedContent content, IPublicationStore publications, CoreSettings settings)
{
    /// <summary>A finding for each journey and calendar; it needs the content refreshed.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var journey in content.Journeys.Values.OrderBy(journey => journey.Key, StringComparer.Ordinal))
        {
            findings.AddRange(Missing(journey.Calendars).Select(calendar => Found($"journey {journey.Key}, version {journey.Version}", calendar)));
            findings.AddRange(await OlderAsync(journey, cancellation));
        }

        var surveys = content.Journeys.Values.SelectMany(journey => journey.Steps.OfType<SendStep>()).Select(step => step.Survey).OfType<string>().Distinct(StringComparer.Ordinal);
        findings.AddRange(surveys.Order(StringComparer.Ordinal).Select(content.Survey).OfType<Core.Surveys.Survey>()
            .SelectMany(survey => Missing(survey.Calendars).Select(calendar => Found($"survey {survey.Key}, version {survey.Version}", calendar))));
        return findings;
    }

    // Only for whoever still walks them: where nobody does, nothing is counted by them any more.
    private async Task<IReadOnlyList<Finding>> OlderAsync(Journey latest, CancellationToken cancellation)
    {
        var missing = new List<(int Version, string Calendar)>();
        for (var version = 1; version < latest.Version; version++)
        {
            if (await content.JourneyAsync(latest.Key, version, cancellation) is { } older)
                missing.AddRange(Missing(older.Calendars).Select(calendar => (older.Version, calendar)));
        }

        if (missing.Count == 0)
            return [];
        var people = (await publications.StandingAsync(latest.Key, cancellation)).GroupBy(one => one.Version).ToDictionary(group => group.Key, group => group.Sum(one => one.People));
        return [.. missing.Where(one => people.GetValueOrDefault(one.Version) > 0)
            .Select(one => Found($"journey {latest.Key}, version {one.Version}, which {(people[one.Version] == 1 ? "1 person still walks" : $"{people[one.Version]} people still walk")}", one.Calendar))];
    }

    private IEnumerable<string> Missing(IEnumerable<string> calendars) => calendars.Where(calendar => !settings.HasCalendar(calendar));

    private static Finding Found(string what, string calendar) => new(
        $"{what}, counts in the calendar {calendar}, which is not configured", 1, null,
        $"Put Calendars:{calendar} back into the settings, or publish without it and move whoever is under way: cxo journeys plan FILE", NeedsPerson: true);
}

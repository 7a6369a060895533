using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Triggers;

/// <summary>The versions of journeys that a batch of enrolments walks.</summary>
public sealed class JourneyVersions
{
    private readonly Dictionary<(string Key, int Version), Journey> _journeys = [];

    /// <summary>Loads each version once.</summary>
    public static async Task<JourneyVersions> LoadAsync(
        IPublishedContent content, IEnumerable<Enrolment> enrolments, CancellationToken cancellation)
    {
        var versions = new JourneyVersions();
        foreach (var (key, version) in enrolments.Select(enrolment => (enrolment.Journey, enrolment.Version)).Distinct())
        {
            if (await content.JourneyAsync(key, version, cancellation) is { } journey)
                versions._journeys[(key, version)] = journey;
        }

        return versions;
    }

    /// <summary>All of them.</summary>
    public IEnumerable<Journey> All => _journeys.Values;

    /// <summary>The version that an enrolment walks, or null where it was never published.</summary>
    public Journey? Of(Enrolment enrolment) => _journeys.GetValueOrDefault((enrolment.Journey, enrolment.Version));
}

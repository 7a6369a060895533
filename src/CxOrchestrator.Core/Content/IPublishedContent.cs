using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Core.Content;

/// <summary>
/// The published content, compiled once and kept: what the engine and the pages work with. Reads what is new from the store when asked to refresh.
/// </summary>
public interface IPublishedContent
{
    /// <summary>Journeys in force, by key.</summary>
    IReadOnlyDictionary<string, Journey> Journeys { get; }

    /// <summary>A version of a journey, also an old one that people still walk; null where it was never published.</summary>
    Task<Journey?> JourneyAsync(string key, int version, CancellationToken cancellation);

    /// <summary>The message in force, or null.</summary>
    MessageTemplate? Message(string name);

    /// <summary>The survey in force, or null.</summary>
    Survey? Survey(string key);

    /// <summary>A version of a survey, or null.</summary>
    Task<Survey?> SurveyAsync(string key, int version, CancellationToken cancellation);

    /// <summary>
    /// Whether a journey may listen to events of a type of our own (<see cref="Events.EventTypes.Own"/>), in any version that was ever published, as trigger,
    /// wait, exit or goal: the type stands in its text. True where it can't be said: for types of others, and before the first refresh.
    /// </summary>
    bool Hears(string type);

    /// <summary>Takes in what was published since the last time; cheap where nothing was.</summary>
    Task RefreshAsync(CancellationToken cancellation);
}

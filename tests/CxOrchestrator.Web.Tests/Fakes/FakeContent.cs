using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Web.Tests.Fakes;

/// <summary>Published surveys, by key; every version is the one that is set.</summary>
internal sealed class FakeContent : IPublishedContent
{
    public Dictionary<string, Survey> Surveys { get; } = [];

    public Dictionary<string, Journey> Journeys { get; } = [];

    IReadOnlyDictionary<string, Journey> IPublishedContent.Journeys => Journeys;

    public Task<Journey?> JourneyAsync(string key, int version, CancellationToken cancellation) => Task.FromResult<Journey?>(null);

    public MessageTemplate? Message(string name) => null;

    public Survey? Survey(string key) => Surveys.GetValueOrDefault(key);

    public Task<Survey?> SurveyAsync(string key, int version, CancellationToken cancellation) => Task.FromResult(Survey(key));

    public bool Hears(string type) => true;

    public Task RefreshAsync(CancellationToken cancellation) => Task.CompletedTask;
}

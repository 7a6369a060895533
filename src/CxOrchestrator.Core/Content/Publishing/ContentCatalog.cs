using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Core.Content;

/// <summary>
/// The published content, compiled from the store, each version once. Safe to share between threads: readers see one whole snapshot or the next.
/// Empty until the first refresh.
/// </summary>
public sealed class ContentCatalog(IContentStore store, ContentRules rules) : IPublishedContent
{
    private readonly ConcurrentDictionary<(ContentKind Kind, string Key, int Version), Compiled> _versions = new();
    private readonly Lock _gate = new();
    private Snapshot _snapshot = Snapshot.Empty;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Journey> Journeys => Volatile.Read(ref _snapshot).Journeys;

    /// <summary>Errors of published content that can't be compiled (it was published by another version of the product), which is out of force for that.</summary>
    public IReadOnlyList<Fault> Faults => Volatile.Read(ref _snapshot).Faults;

    /// <inheritdoc/>
    public async Task<Journey?> JourneyAsync(string key, int version, CancellationToken cancellation) =>
        (await VersionAsync(ContentKind.Journey, key, version, cancellation))?.Content as Journey;

    /// <inheritdoc/>
    public MessageTemplate? Message(string name) => Volatile.Read(ref _snapshot).Messages.GetValueOrDefault(name);

    /// <inheritdoc/>
    public Survey? Survey(string key) => Volatile.Read(ref _snapshot).Surveys.GetValueOrDefault(key);

    /// <inheritdoc/>
    public async Task<Survey?> SurveyAsync(string key, int version, CancellationToken cancellation) =>
        (await VersionAsync(ContentKind.Survey, key, version, cancellation))?.Content as Survey;

    /// <inheritdoc/>
    public bool Hears(string type) => !EventTypes.Own.Contains(type) || Volatile.Read(ref _snapshot).Heard.Contains(type);

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        // The number is read first: what is published meanwhile is taken in twice rather than never.
        var revision = await store.RevisionAsync(cancellation);
        if (revision <= Volatile.Read(ref _snapshot).Revision)
            return;
        var journeys = await LatestAsync(ContentKind.Journey, cancellation);
        var messages = await LatestAsync(ContentKind.Message, cancellation);
        var surveys = await LatestAsync(ContentKind.Survey, cancellation);
        var next = new Snapshot(
            revision, By<Journey>(journeys), By<MessageTemplate>(messages), By<Survey>(surveys), await HeardAsync(journeys, cancellation),
            [.. journeys.Concat(messages).Concat(surveys).SelectMany(pair => pair.Compiled.Errors)]);
        lock (_gate)
        {
            if (next.Revision > _snapshot.Revision)
                Volatile.Write(ref _snapshot, next);
        }
    }

    // Old versions are still walked. A type that only a comment mentions is taken as heard: that costs an event, no more.
    private async Task<FrozenSet<string>> HeardAsync(IEnumerable<(string Key, Compiled Compiled)> journeys, CancellationToken cancellation)
    {
        // A trigger such as 'answer' means a type without naming it.
        var heard = journeys.Select(pair => ((pair.Compiled.Content as Journey)?.Trigger as EventTrigger)?.On).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var type in EventTypes.Own)
        {
            if (await store.MentionsAsync(ContentKind.Journey, type, cancellation))
                heard.Add(type);
        }

        return heard.ToFrozenSet(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, T> By<T>(IEnumerable<(string Key, Compiled Compiled)> items)
        where T : class =>
        items.Where(item => item.Compiled.Content is T).ToFrozenDictionary(item => item.Key, item => (T)item.Compiled.Content!, StringComparer.Ordinal);

    private async Task<List<(string Key, Compiled Compiled)>> LatestAsync(ContentKind kind, CancellationToken cancellation) =>
        [.. (await store.LatestAsync(kind, cancellation)).Select(published => (published.Key, Of(published)))];

    private async Task<Compiled?> VersionAsync(ContentKind kind, string key, int version, CancellationToken cancellation)
    {
        if (_versions.TryGetValue((kind, key, version), out var compiled))
            return compiled;
        return await store.FindAsync(kind, key, version, cancellation) is { } published ? Of(published) : null;
    }

    private Compiled Of(PublishedContent published) =>
        _versions.GetOrAdd((published.Kind, published.Key, published.Version), static (_, from) => Compile(from.published, from.rules), (published, rules));

    private static Compiled Compile(PublishedContent published, ContentRules rules)
    {
        var file = $"{published.Kind.ToString().ToLowerInvariant()} {published.Key}, version {published.Version}";
        switch (published.Kind)
        {
            case ContentKind.Journey:
                var journey = JourneyParser.Parse(published.Text, file, published.Version);
                return new Compiled(journey.Journey, Errors(journey.Faults));
            case ContentKind.Survey:
                var survey = SurveyParser.Parse(published.Text, file, published.Version);
                return new Compiled(survey.Survey, Errors(survey.Faults));
            default:
                try
                {
                    var files = ContentFolder.MessageFiles(published.Text);
                    var message = MessageParser.Parse(published.Key, files, rules.DefaultLanguage, published.Version);
                    return new Compiled(message.Message, Errors(message.Faults));
                }
                catch (JsonException error)
                {
                    return new Compiled(null, [new Fault(file, 0, 0, $"The stored message can't be read: {error.Message} Publish it again.")]);
                }
        }
    }

    private static Fault[] Errors(IEnumerable<Fault> faults) => [.. faults.Where(fault => !fault.IsWarning)];

    private sealed record Compiled(object? Content, IReadOnlyList<Fault> Errors);

    private sealed record Snapshot(
        long Revision, FrozenDictionary<string, Journey> Journeys, FrozenDictionary<string, MessageTemplate> Messages,
        FrozenDictionary<string, Survey> Surveys, FrozenSet<string> Heard, IReadOnlyList<Fault> Faults)
    {
        public static Snapshot Empty { get; } = new(
            -1, FrozenDictionary<string, Journey>.Empty, FrozenDictionary<string, MessageTemplate>.Empty, FrozenDictionary<string, Survey>.Empty,
            EventTypes.Own.ToFrozenSet(StringComparer.Ordinal), []);
    }
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Engine.Publishing;

/// <summary>Makes plans of publications: reads what is in force and where people stand.</summary>
public sealed class JourneyPlans(IPublicationStore publications, IContentStore store, IPublishedContent content, ContentRules rules, Clocks clocks)
{
    /// <summary>The plan of one journey's file, with the messages and surveys that it names.</summary>
    /// <param name="files">All files of the content folder by path; the journey's among them.</param>
    /// <param name="path">The journey's path among them.</param>
    /// <param name="said">What is said of people besides the file's own moves.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<PublishPlan> PlanAsync(IReadOnlyDictionary<string, string> files, string path, IReadOnlyList<MoveRule> said, CancellationToken cancellation)
    {
        var (folder, faults) = Publisher.Read(files, rules, clocks.Now);
        var parse = folder.Journeys.FirstOrDefault(one => one.File == path) ?? new JourneyParse(path, null, null, faults, []);
        return await PlanAsync(folder, faults, parse, said, cancellation);
    }

    /// <summary>The plan of a journey of a folder that was read.</summary>
    internal async Task<PublishPlan> PlanAsync(
        ContentFolder folder, IReadOnlyList<Fault> faults, JourneyParse parse, IReadOnlyList<MoveRule> said, CancellationToken cancellation)
    {
        await content.RefreshAsync(cancellation);
        var key = parse.Key ?? "";
        var text = folder.Items.FirstOrDefault(item => item.Kind == ContentKind.Journey && item.Key == key).Text ?? "";
        var named = Named(folder, parse);
        var inForce = (await store.LatestAsync(ContentKind.Journey, cancellation)).FirstOrDefault(one => one.Key == key);
        var standing = key.Length > 0 ? await publications.StandingAsync(key, cancellation) : [];
        return Planner.Plan(new PlanInput
        {
            Parse = parse,
            Items = [(ContentKind.Journey, key, text), .. named],
            Along = await AlongAsync(key, named, cancellation),
            InForce = inForce,
            Versions = await VersionsAsync(key, standing.Select(one => one.Version).Append(inForce?.Version ?? 0), cancellation),
            Standing = standing,
            Said = said,
            Faults = [.. faults.Where(fault => Concerns(folder, parse, named, fault))],
        });
    }

    private static List<(ContentKind Kind, string Key, string Text)> Named(ContentFolder folder, JourneyParse parse)
    {
        var names = parse.References.Where(one => one.Kind is ReferenceKind.Message or ReferenceKind.Survey)
            .Select(one => (one.Kind == ReferenceKind.Message ? ContentKind.Message : ContentKind.Survey, one.Name)).ToHashSet();
        return [.. folder.Items.Where(item => names.Contains((item.Kind, item.Key))).OrderBy(item => item.Kind).ThenBy(item => item.Key, StringComparer.Ordinal)];
    }

    private static bool Concerns(ContentFolder folder, JourneyParse parse, IReadOnlyList<(ContentKind Kind, string Key, string Text)> named, Fault fault)
    {
        if (fault.File == parse.File || fault.File.StartsWith(SharedParts.Folder + "/", StringComparison.Ordinal))
            return true;
        return named.Any(item => item.Kind == ContentKind.Message
            ? fault.File.StartsWith($"messages/{item.Key}/", StringComparison.Ordinal)
            : folder.Surveys.Any(survey => survey.Key == item.Key && survey.File == fault.File));
    }

    private async Task<Dictionary<int, Journey>> VersionsAsync(string key, IEnumerable<int> versions, CancellationToken cancellation)
    {
        var journeys = new Dictionary<int, Journey>();
        foreach (var version in versions.Where(version => version > 0).Distinct())
        {
            if (await content.JourneyAsync(key, version, cancellation) is { } journey)
                journeys[version] = journey;
        }

        return journeys;
    }

    private async Task<List<string>> AlongAsync(string key, IReadOnlyList<(ContentKind Kind, string Key, string Text)> named, CancellationToken cancellation)
    {
        var changes = new List<string>();
        foreach (var kind in named.Select(item => item.Kind).Distinct().ToList())
        {
            var before = (await store.LatestAsync(kind, cancellation)).ToDictionary(one => one.Key, one => one.Text, StringComparer.Ordinal);
            changes.AddRange(named.Where(item => item.Kind == kind && before.GetValueOrDefault(item.Key) != item.Text)
                .Select(item => $"{kind.ToString().ToLowerInvariant()} {item.Key} is {(before.ContainsKey(item.Key) ? "changed" : "new")}{Others(item)}"));
        }

        return changes;

        string Others((ContentKind Kind, string Key, string Text) item)
        {
            var others = content.Journeys.Values.Where(journey => journey.Key != key && journey.Steps.OfType<SendStep>()
                    .Any(step => item.Kind == ContentKind.Message ? step.Message == item.Key : step.Survey == item.Key))
                .Select(journey => journey.Key).Order(StringComparer.Ordinal).ToList();
            return others.Count > 0 ? $", also for {string.Join(", ", others)}" : "";
        }
    }
}

using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Content;

/// <summary>What a publication came to.</summary>
/// <param name="Faults">Errors and warnings; with an error nothing was published.</param>
/// <param name="Items">What is in force now, in the order of the files; empty where nothing was published.</param>
public sealed record PublishReport(IReadOnlyList<Fault> Faults, IReadOnlyList<PublishedItem> Items)
{
    /// <summary>Whether it was published.</summary>
    public bool Ok => !Faults.Any(fault => !fault.IsWarning);
}

/// <summary>What is in force of one thing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Its key.</param>
/// <param name="Version">The version in force.</param>
/// <param name="New">Whether this publication made it.</param>
public sealed record PublishedItem(ContentKind Kind, string Key, int Version, bool New);

/// <summary>Checks content as a whole, and publishes it: all of it or nothing.</summary>
public sealed class Publisher(IContentStore store, ContentRules rules)
{
    /// <summary>
    /// All faults of a content folder: those of each file, names that lead nowhere, messages without the parts for a channel, what the linter finds, and
    /// whatever fails when every message is rendered and every condition evaluated for sample customers.
    /// </summary>
    /// <param name="files">Text by path, relative to the folder, with slashes.</param>
    /// <param name="rules">What the settings say.</param>
    /// <param name="now">Now, in customers' time.</param>
    public static IReadOnlyList<Fault> Check(IReadOnlyDictionary<string, string> files, ContentRules rules, DateTimeOffset now) =>
        Check(ContentFolder.Load(files, rules.DefaultLanguage), rules, now);

    /// <summary>A content folder as it was read, and all its faults.</summary>
    /// <param name="files">Text by path, relative to the folder, with slashes.</param>
    /// <param name="rules">What the settings say.</param>
    /// <param name="now">Now, in customers' time.</param>
    public static (ContentFolder Folder, IReadOnlyList<Fault> Faults) Read(IReadOnlyDictionary<string, string> files, ContentRules rules, DateTimeOffset now)
    {
        var folder = ContentFolder.Load(files, rules.DefaultLanguage);
        return (folder, Check(folder, rules, now));
    }

    /// <summary>Publishes a content folder. Moves nobody: what journeys say of people in the middle of them is carried out by whoever plans. Nothing is stored where there is an error.</summary>
    /// <param name="files">Text by path, relative to the folder, with slashes.</param>
    /// <param name="now">Now, in customers' time.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<PublishReport> PublishAsync(IReadOnlyDictionary<string, string> files, DateTimeOffset now, CancellationToken cancellation)
    {
        var folder = ContentFolder.Load(files, rules.DefaultLanguage);
        var faults = Check(folder, rules, now);
        if (faults.Any(fault => !fault.IsWarning))
            return new PublishReport(faults, []);
        var versions = await store.PublishAsync(folder.Items, now, cancellation);
        return new PublishReport(
            faults, [.. folder.Items.Zip(versions, (item, version) => new PublishedItem(item.Kind, item.Key, version.Version, version.New))]);
    }

    private static List<Fault> Check(ContentFolder folder, ContentRules rules, DateTimeOffset now)
    {
        var known = new KnownNames(
            [.. folder.Messages.Select(message => message.Name)],
            [.. folder.Surveys.Select(survey => survey.Key).OfType<string>()], rules.EventTypes, rules.CheckCron) { Calendars = rules.Calendars };
        var trial = new Trial(rules, now);
        var findings = Linter.Check(folder, rules, now).ToList();
        // What a trial stumbles over is told once: the linter knows more about it.
        var told = findings.Where(fault => !fault.IsWarning).Select(Place).ToHashSet();
        var faults = folder.Faults
            .Concat(ReferenceCheck.Check(folder.Journeys, known))
            .Concat(folder.Surveys.SelectMany(survey => survey.Calendars.Where(one => known.NoCalendar(one.Name) is not null)
                .Select(one => new Fault(survey.File, one.Line, one.Column, known.NoCalendar(one.Name)!))))
            .Concat(SendCheck.Check(folder))
            .Concat(findings)
            .Concat(trial.Run(folder).Where(fault => !told.Contains(Place(fault))));
        return [.. faults.Distinct().OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line).ThenBy(fault => fault.Column)];
    }

    private static (string File, int Line, int Column) Place(Fault fault) => (fault.File, fault.Line, fault.Column);
}

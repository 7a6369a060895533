using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Engine.Publishing;

/// <summary>
/// Carries plans out. The new version and everybody whom it concerns are stored in one transaction; from then on it will be finished, by this call, by
/// the running engine, or by the next call. Before it nothing has happened.
/// </summary>
public sealed class JourneyPublisher
{
    private readonly IPublicationStore _publications;
    private readonly IContentStore _store;
    private readonly JourneyPlans _plans;
    private readonly PeopleMover _mover;
    private readonly ContentRules _rules;
    private readonly Clocks _clocks;

    internal JourneyPublisher(IPublicationStore publications, IContentStore store, JourneyPlans plans, PeopleMover mover, ContentRules rules, Clocks clocks)
    {
        _publications = publications;
        _store = store;
        _plans = plans;
        _mover = mover;
        _rules = rules;
        _clocks = clocks;
    }

    /// <summary>Begins the publication of a plan; <see cref="FinishAsync"/> moves the people.</summary>
    /// <returns>The publication, or why it was refused, with nothing stored.</returns>
    /// <exception cref="ArgumentException">The plan has errors.</exception>
    public async Task<(Publication? Publication, string? Refused)> BeginAsync(PublishPlan plan, CancellationToken cancellation)
    {
        if (!plan.Ok)
            throw new ArgumentException($"The plan {plan.Id} has errors and can't be carried out.", nameof(plan));
        var publication = Of(plan, _clocks.Now);
        var start = await _publications.BeginAsync([publication], plan.Items, publication.At, cancellation);
        return start.Refused is null ? (publication, null) : (null, start.Refused);
    }

    /// <summary>
    /// Publishes a folder: everything that changed, all or none of it; people are moved as each journey's file says. A file whose text was rolled back is
    /// left out until it changes, or is published by its name: a restart must not put in force again what somebody took back.
    /// </summary>
    public async Task<FolderReport> PublishFolderAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellation)
    {
        var now = _clocks.Now;
        var (folder, faults) = Publisher.Read(files, _rules, now);
        if (faults.Any(fault => !fault.IsWarning))
            return new FolderReport(new PublishReport(faults, []), [], [], null);

        var (plans, takenBack) = (new List<PublishPlan>(), new List<string>());
        foreach (var parse in folder.Journeys)
        {
            var plan = await _plans.PlanAsync(folder, [], parse, [], cancellation);
            if (await IsTakenBackAsync(plan, cancellation))
                takenBack.Add(plan.Journey);
            else if (plan.Version != plan.BaseVersion)
                plans.Add(plan);
        }

        faults = [.. faults, .. plans.SelectMany(plan => plan.Faults)];
        if (faults.Any(fault => !fault.IsWarning))
            return new FolderReport(new PublishReport(faults, []), [], [], null);
        var items = folder.Items.Where(item => item.Kind != ContentKind.Journey || !takenBack.Contains(item.Key)).ToList();
        var publications = plans.ConvertAll(plan => Of(plan, now));
        var start = await _publications.BeginAsync(publications, items, now, cancellation);
        var published = items.Zip(start.Versions, (item, version) => new PublishedItem(item.Kind, item.Key, version.Version, version.New));
        return new FolderReport(new PublishReport(faults, [.. published]), start.Refused is null ? publications : [], takenBack, start.Refused);
    }

    /// <summary>Begins the return to the version before the one in force.</summary>
    /// <returns>The publication, or why there is nothing to return to, with nothing stored.</returns>
    public async Task<(Publication? Publication, string? Refused)> RollBackAsync(string journey, CancellationToken cancellation)
    {
        if ((await _store.LatestAsync(ContentKind.Journey, cancellation)).FirstOrDefault(one => one.Key == journey) is not { } inForce)
            return (null, $"No journey {journey} is published.");
        var text = TextOf(inForce.Version, await _publications.OfAsync(journey, cancellation));
        if (text == 1 || await _store.FindAsync(ContentKind.Journey, journey, text - 1, cancellation) is not { } before)
            return (null, $"Version {inForce.Version} of {journey} is the first{(text == 1 && inForce.Version > 1 ? " again" : "")}: there is none before it. To take it out of use: cxo journeys drain {journey}");
        var now = _clocks.Now;
        var publication = new Publication
        {
            Id = Ids.New(now),
            Journey = journey,
            Kind = PublicationKind.Rollback,
            BaseVersion = inForce.Version,
            Version = inForce.Version + 1,
            Restores = before.Version,
            Undoes = text,
            At = now,
        };
        var start = await _publications.BeginAsync([publication], [(ContentKind.Journey, journey, before.Text)], now, cancellation);
        return start.Refused is null ? (publication, null) : (null, start.Refused);
    }

    /// <summary>Decides on everybody whom a publication concerns, page by page.</summary>
    /// <param name="publication">The publication.</param>
    /// <param name="told">Told after each page how many were decided by this call.</param>
    /// <param name="cancellation">Ends it after a page; what is left is taken up by the engine, or by the next call.</param>
    public async Task<IReadOnlyList<OutcomeCount>> FinishAsync(Publication publication, Action<long>? told, CancellationToken cancellation)
    {
        var decided = 0L;
        while (await _mover.PageAsync(publication, cancellation) is > 0 and var page)
        {
            decided += page;
            told?.Invoke(decided);
            cancellation.ThrowIfCancellationRequested();
        }

        return await _publications.CountAsync(publication.Id, cancellation);
    }

    /// <summary>Finishes what earlier calls have left.</summary>
    public async Task<IReadOnlyList<Publication>> FinishOpenAsync(CancellationToken cancellation)
    {
        var open = await _publications.OpenAsync(cancellation);
        foreach (var publication in open)
            await FinishAsync(publication, null, cancellation);
        return open;
    }

    private static Publication Of(PublishPlan plan, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        Journey = plan.Journey,
        Kind = PublicationKind.Publish,
        BaseVersion = plan.BaseVersion,
        Version = plan.Version,
        Plan = plan.Id,
        Moves = plan.Moves,
        At = now,
    };

    private async Task<bool> IsTakenBackAsync(PublishPlan plan, CancellationToken cancellation)
    {
        if (plan.Version == plan.BaseVersion || plan.BaseVersion == 0)
            return false;
        var rollback = (await _publications.OfAsync(plan.Journey, cancellation))
            .FirstOrDefault(one => one.Kind == PublicationKind.Rollback && one.Version == plan.BaseVersion);
        return rollback?.Undoes is { } undone
            && (await _store.FindAsync(ContentKind.Journey, plan.Journey, undone, cancellation))?.Text == plan.Items[0].Text;
    }

    // A version that put an older one's text in force again is that one.
    private static int TextOf(int version, IReadOnlyList<Publication> publications)
    {
        while (publications.FirstOrDefault(one => one.Kind == PublicationKind.Rollback && one.Version == version)?.Restores is { } restored)
            version = restored;
        return version;
    }
}

/// <summary>What the publication of a folder came to.</summary>
/// <param name="Report">Faults, and what is in force.</param>
/// <param name="Publications">Publications of journeys that began with it.</param>
/// <param name="TakenBack">Journeys that were left out, because the file's text was rolled back.</param>
/// <param name="Refused">Why nothing was stored though it has no faults; null where it was.</param>
public sealed record FolderReport(PublishReport Report, IReadOnlyList<Publication> Publications, IReadOnlyList<string> TakenBack, string? Refused);

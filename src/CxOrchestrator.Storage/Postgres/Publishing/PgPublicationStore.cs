using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IPublicationStore"/>
internal sealed class PgPublicationStore(PgDatabase database) : IPublicationStore
{
    public Task<IReadOnlyList<Standing>> StandingAsync(string journey, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Standing>>(
            async session => await session.Use(PublicationSql.Standing).Add(journey).AllAsync(row => new Standing(row.Int(0), row.Text(1), row.Long(2))), cancellation);

    public Task<PublicationStart> BeginAsync(
        IReadOnlyList<Publication> publications, IReadOnlyList<(ContentKind Kind, string Key, string Text)> items, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(session => BeginAsync(session, publications, items, now), cancellation);

    public Task<IReadOnlyList<Publication>> OpenAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Publication>>(async session => await session.Use(PublicationSql.Open).AllAsync(StoredPublication.Read), cancellation);

    public Task<IReadOnlyList<Publication>> OfAsync(string journey, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Publication>>(
            async session => await session.Use(PublicationSql.Of).Add(journey).AllAsync(StoredPublication.Read), cancellation);

    public Task<IReadOnlyList<ListedPerson>> PageAsync(Guid publication, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<ListedPerson>>(
            async session => await session.Use(PublicationSql.Page).Add(publication).Add(limit).AllAsync(StoredPublication.ReadPersonWhole), cancellation);

    public Task<int> StoreAsync(Guid publication, IReadOnlyList<PlacedPerson> page, CancellationToken cancellation) =>
        database.WriteAsync(session => StoreAsync(session, publication, page), cancellation);

    public Task<bool> FinishAsync(Guid publication, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(
            async session => await session.Use(PublicationSql.Finish).Add(now).Add(publication).ExecuteAsync() == 1
                || await session.Use(PublicationSql.IsDone).Add(publication).NumberAsync() > 0,
            cancellation);

    public Task<IReadOnlyList<OutcomeCount>> CountAsync(Guid publication, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<OutcomeCount>>(
            async session => await session.Use(PublicationSql.Count).Add(publication)
                .AllAsync(row => new OutcomeCount(row.Int(0), row.Text(1), (PersonOutcome)row.Int(2), row.Long(3))),
            cancellation);

    private static async Task<PublicationStart> BeginAsync(
        PgSession session, IReadOnlyList<Publication> publications, IReadOnlyList<(ContentKind Kind, string Key, string Text)> items, DateTimeOffset now)
    {
        // Publications wait here for each other: what one has found holds until it is stored.
        await session.Use(PgContentStore.OneAtATime).ExecuteAsync();
        foreach (var one in publications)
        {
            var newest = (int)await session.Use(PublicationSql.Newest).Add(one.Journey).NumberAsync();
            var unfinished = one.Kind == PublicationKind.Publish && await session.Use(PublicationSql.Unfinished).Add(one.Journey).NumberAsync() > 0;
            if (PublicationWords.Refused(one, newest, unfinished) is { } refused)
                return new PublicationStart([], refused);
        }

        var versions = new List<(int, bool)>();
        foreach (var (kind, key, text) in items)
            versions.Add(await PgContentStore.PublishAsync(session, kind, key, text, now));
        foreach (var one in publications)
            await BeginAsync(session, one, now);
        return new PublicationStart(versions, null);
    }

    private static async Task BeginAsync(PgSession session, Publication one, DateTimeOffset now)
    {
        if (one.Kind == PublicationKind.Rollback)
        {
            await session.Use(PublicationSql.Withdraw).Add(one.Journey).ExecuteAsync();
            await session.Use(PublicationSql.EndUnfinished).Add(now).Add(one.Journey).ExecuteAsync();
        }

        await session.Use(PublicationSql.Insert)
            .Add(one.Id).Add(one.Journey).Add(one.Kind).Add(one.BaseVersion).Add(one.Version).Add(one.Restores).Add(one.Undoes).Add(one.Plan)
            .Add(StoredPublication.Written(one.Moves)).Add(one.At).Add(one.DoneAt)
            .ExecuteAsync();
        if (one.Kind == PublicationKind.Rollback)
            await session.Use(PublicationSql.ListMoved).Add(one.Id).Add(one.Journey).Add(one.Undoes).ExecuteAsync();
        else if (one.Moves.Count > 0)
        {
            await session.Use(PublicationSql.List).Add(one.Id).Add(one.Journey).Add(one.Version)
                .Add(one.Moves.Select(move => move.Version)).Add(one.Moves.Select(move => (string?)move.Step)).ExecuteAsync();
        }

        await session.Use(PublicationSql.Finish).Add(now).Add(one.Id).ExecuteAsync();
    }

    private static async Task<int> StoreAsync(PgSession session, Guid publication, IReadOnlyList<PlacedPerson> page)
    {
        var pending = (await session.Use(PublicationSql.Take).Add(publication).Add(page.Select(one => one.EnrolmentId)).AllAsync(row => row.Guid(0))).ToHashSet();
        var wanted = page.Where(one => pending.Contains(one.EnrolmentId)).ToList();
        var moving = wanted.Where(one => one.Moved is not null).ToList();
        if (moving.Count > 0)
        {
            var moved = (await session.Use(PublicationSql.Place).Add(PublicationSql.Places, moving).AllAsync(row => row.Guid(0))).ToHashSet();
            wanted.RemoveAll(one => one.Moved is not null && !moved.Contains(one.EnrolmentId));
        }

        if (wanted.Count == 0)
            return 0;
        await session.Use(PublicationSql.Decide).Add(PublicationSql.Decisions, wanted).Add(publication).ExecuteAsync();
        var back = wanted.Where(one => one is { Outcome: PersonOutcome.PutBack, Moved: not null }).ToList();
        if (back.Count > 0)
            await session.Use(PublicationSql.SameAsBefore).Add(PublicationSql.PutBack, back).ExecuteAsync();
        return wanted.Count;
    }
}

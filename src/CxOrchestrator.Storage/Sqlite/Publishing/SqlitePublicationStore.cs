using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IPublicationStore"/>
internal sealed class SqlitePublicationStore(SqliteDatabase database) : IPublicationStore
{
    public Task<IReadOnlyList<Standing>> StandingAsync(string journey, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Standing>>(
            session => session.Use(PublicationSql.Standing).Add(journey).All(row => new Standing(row.Int(0), row.Text(1), row.Long(2))), cancellation);

    public Task<PublicationStart> BeginAsync(
        IReadOnlyList<Publication> publications, IReadOnlyList<(ContentKind Kind, string Key, string Text)> items, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(session => Begin(session, publications, items, now), cancellation);

    public Task<IReadOnlyList<Publication>> OpenAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Publication>>(session => session.Use(PublicationSql.Open).All(StoredPublication.Read), cancellation);

    public Task<IReadOnlyList<Publication>> OfAsync(string journey, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Publication>>(session => session.Use(PublicationSql.Of).Add(journey).All(StoredPublication.Read), cancellation);

    public Task<IReadOnlyList<ListedPerson>> PageAsync(Guid publication, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<ListedPerson>>(
            session => session.Use(PublicationSql.Page).Add(publication).Add(limit).All(StoredPublication.ReadPerson), cancellation);

    public Task<int> StoreAsync(Guid publication, IReadOnlyList<PlacedPerson> page, CancellationToken cancellation) =>
        database.WriteAsync(session => page.Count(person => Store(session, publication, person)), cancellation);

    public Task<bool> FinishAsync(Guid publication, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(
            session => session.Use(PublicationSql.Finish).Add(now).Add(publication).Execute() == 1
                || session.Use(PublicationSql.IsDone).Add(publication).Number() is not null,
            cancellation);

    public Task<IReadOnlyList<OutcomeCount>> CountAsync(Guid publication, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<OutcomeCount>>(
            session => session.Use(PublicationSql.Count).Add(publication)
                .All(row => new OutcomeCount(row.Int(0), row.Text(1), (PersonOutcome)row.Int(2), row.Long(3))),
            cancellation);

    private static PublicationStart Begin(
        SqliteSession session, IReadOnlyList<Publication> publications, IReadOnlyList<(ContentKind Kind, string Key, string Text)> items, DateTimeOffset now)
    {
        foreach (var one in publications)
        {
            var newest = (int)(session.Use(PublicationSql.Newest).Add(one.Journey).Number() ?? 0);
            var unfinished = one.Kind == PublicationKind.Publish && session.Use(PublicationSql.Unfinished).Add(one.Journey).Number() is not null;
            if (PublicationWords.Refused(one, newest, unfinished) is { } refused)
                return new PublicationStart([], refused);
        }

        var versions = items.Select(item => SqliteContentStore.Publish(session, item.Kind, item.Key, item.Text, now)).ToList();
        foreach (var one in publications)
            Begin(session, one, now);
        return new PublicationStart(versions, null);
    }

    private static void Begin(SqliteSession session, Publication one, DateTimeOffset now)
    {
        if (one.Kind == PublicationKind.Rollback)
        {
            session.Use(PublicationSql.Withdraw).Add(one.Journey).Execute();
            session.Use(PublicationSql.EndUnfinished).Add(now).Add(one.Journey).Execute();
        }

        session.Use(PublicationSql.Insert)
            .Add(one.Id).Add(one.Journey).Add(one.Kind).Add(one.BaseVersion).Add(one.Version).Add((long?)one.Restores).Add((long?)one.Undoes).Add(one.Plan)
            .Add(StoredPublication.Written(one.Moves)).Add(one.At).Add(one.DoneAt)
            .Execute();
        if (one.Kind == PublicationKind.Rollback)
            session.Use(PublicationSql.ListMoved).Add(one.Id).Add(one.Journey).Add((long?)one.Undoes).Execute();
        else if (one.Moves.Count > 0)
            List(session, one);
        session.Use(PublicationSql.Finish).Add(now).Add(one.Id).Execute();
    }

    private static void List(SqliteSession session, Publication one)
    {
        var named = one.Moves.Select(move => (move.Version, move.Step)).ToHashSet();
        var walking = session.Use(PublicationSql.Walking).Add(one.Journey).Add(one.Version)
            .All(row => (Id: row.Guid(0), Customer: row.Guid(1), Version: row.Int(2), Step: row.Text(3)));
        foreach (var (id, customer, version, step) in walking.Where(person => named.Contains((person.Version, person.Step))))
            session.Use(PublicationSql.List).Add(one.Id).Add(id).Add(customer).Add(version).Add(step).Execute();
    }

    private static bool Store(SqliteSession session, Guid publication, PlacedPerson person)
    {
        if (session.Use(PublicationSql.IsPending).Add(publication).Add(person.EnrolmentId).Number() is null)
            return false;
        if (person.Moved is { } moved && !Place(session, moved))
            return false;
        session.Use(PublicationSql.Decide)
            .Add(person.Outcome).Add(StoredPublication.Written(person.Former)).Add((long?)(person.Moved?.Revision + 1)).Add(publication).Add(person.EnrolmentId)
            .Execute();
        if (person is { Outcome: PersonOutcome.PutBack, Moved: { } back })
            session.Use(PublicationSql.SameAsBefore).Add(back.Revision + 1).Add(person.EnrolmentId).Add(back.Revision - 1).Execute();
        return true;
    }

    private static bool Place(SqliteSession session, Core.Enrolments.Enrolment moved) =>
        session.Use(PublicationSql.Place)
            .Add(moved.Version).Add(moved.State).Add(moved.StepId).Add(moved.Entered).Add(moved.DueAt).Add(moved.WaitsFor).Add(moved.WaitsOn)
            .Add(ContextText.Write(moved.Context)).Add(moved.EndedAt).Add(moved.Reason).Add(moved.Id).Add(moved.Revision)
            .Execute() == 1;
}

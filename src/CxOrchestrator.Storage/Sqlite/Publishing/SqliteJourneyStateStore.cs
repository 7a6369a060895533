using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IJourneyStateStore"/>
internal sealed class SqliteJourneyStateStore(SqliteDatabase database) : IJourneyStateStore
{
    private const int Walks = 0;
    private const int Messages = 1;

    public Task<IReadOnlyList<JourneyState>> AllAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<JourneyState>>(session => session.Use(StateSql.All).All(StoredState.Read), cancellation);

    public Task SetAsync(JourneyState state, CancellationToken cancellation) =>
        database.WriteAsync(
            session => session.Use(StateSql.Set)
                .Add(state.Journey).Add(state.Standing).Add(state.Since).Add(state.By).Add(state.Reason).Add(state.SkipBefore).Execute(),
            cancellation);

    public Task HoldWalksAsync(IReadOnlyList<Enrolment> walks, CancellationToken cancellation) =>
        database.WriteAsync(
            session =>
            {
                foreach (var walk in walks.Where(walk => walk.DueAt is not null))
                {
                    if (session.Use(StateSql.TakeOut).Add(walk.Id).Add(walk.Revision).Execute() == 1)
                        session.Use(StateSql.HoldWalk).Add(walk.Id).Add(walk.Journey).Add(walk.DueAt).Execute();
                }

                return true;
            },
            cancellation);

    public Task HoldMessagesAsync(IReadOnlyList<Delivery> messages, CancellationToken cancellation) =>
        database.WriteAsync(
            session =>
            {
                foreach (var message in messages)
                    session.Use(StateSql.HoldMessage).Add(message.Id).Add(message.Journey).Add(message.DueAt ?? message.PlannedAt).Execute();
                return true;
            },
            cancellation);

    public Task<HeldCount> HeldAsync(string journey, DateTimeOffset lateBefore, CancellationToken cancellation) =>
        database.ReadAsync(
            session => StoredState.Count(session.Use(StateSql.Count).Add(lateBefore).Add(journey).All(row => (Kind: row.Int(0), All: row.Long(1), Late: row.Long(2)))),
            cancellation);

    public Task<int> ReleaseAsync(JourneyState state, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.WriteAsync(session => ReleaseWalks(session, state, now, limit) + ReleaseMessages(session, state, now, limit), cancellation);

    public Task<int> StopAsync(JourneyState state, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.WriteAsync(session => Stop(session, state, now, limit), cancellation);

    private static int ReleaseWalks(SqliteSession session, JourneyState state, DateTimeOffset now, int limit)
    {
        var page = session.Use(StateSql.Page).Add(state.Journey).Add(Walks).Add(limit).All(row => (Id: row.Guid(0), Due: row.Time(1)));
        foreach (var (id, due) in page)
        {
            if (due < state.SkipBefore)
                session.Use(StateSql.Leave).Add(now).Add(StoredState.Late(state, due)).Add(id).Execute();
            else
                session.Use(StateSql.WalkOn).Add(due).Add(id).Execute();
            session.Use(StateSql.LetGo).Add(Walks).Add(id).Execute();
        }

        return page.Count;
    }

    private static int ReleaseMessages(SqliteSession session, JourneyState state, DateTimeOffset now, int limit)
    {
        var page = session.Use(StateSql.Page).Add(state.Journey).Add(Messages).Add(limit).All(row => (Id: row.Guid(0), Due: row.Time(1)));
        foreach (var (id, due) in page)
        {
            if (due < state.SkipBefore)
                session.Use(StateSql.Expire).Add(now).Add(now).Add(StoredState.Late(state, due)).Add(id).Execute();
            else
                session.Use(StateSql.Send).Add(due).Add(state.Words).Add(id).Execute();
            session.Use(StateSql.LetGo).Add(Messages).Add(id).Execute();
        }

        return page.Count;
    }

    private static int Stop(SqliteSession session, JourneyState state, DateTimeOffset now, int limit)
    {
        var people = session.Use(StateSql.UnderWay).Add(state.Journey).Add(limit).All(row => row.Guid(0));
        foreach (var id in people)
        {
            session.Use(StateSql.Leave).Add(now).Add(state.Words).Add(id).Execute();
            session.Use(StateSql.LetGo).Add(Walks).Add(id).Execute();
        }

        var messages = session.Use(StateSql.Open).Add(state.Journey).Add(limit).All(row => row.Guid(0));
        foreach (var id in messages)
        {
            session.Use(StateSql.Cancel).Add(state.Words).Add(now).Add(id).Execute();
            session.Use(StateSql.LetGo).Add(Messages).Add(id).Execute();
        }

        return people.Count + messages.Count;
    }
}

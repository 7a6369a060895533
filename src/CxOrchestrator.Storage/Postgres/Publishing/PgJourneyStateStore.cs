using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IJourneyStateStore"/>
internal sealed class PgJourneyStateStore(PgDatabase database) : IJourneyStateStore
{
    private const int Walks = 0;
    private const int Messages = 1;

    public Task<IReadOnlyList<JourneyState>> AllAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<JourneyState>>(async session => await session.Use(StateSql.All).AllAsync(StoredState.Read), cancellation);

    public Task SetAsync(JourneyState state, CancellationToken cancellation) =>
        database.WriteAsync(
            session => session.Use(StateSql.Set)
                .Add(state.Journey).Add(state.Standing).Add(state.Since).Add(state.By).Add(state.Reason).Add(state.SkipBefore).ExecuteAsync(),
            cancellation);

    public Task HoldWalksAsync(IReadOnlyList<Enrolment> walks, CancellationToken cancellation) =>
        walks.Count == 0 ? Task.CompletedTask : database.WriteAsync(
            session => session.Use(StateSql.HoldWalks).Add(walks.Select(walk => walk.Id)).Add(walks.Select(walk => walk.Revision)).ExecuteAsync(), cancellation);

    public Task HoldMessagesAsync(IReadOnlyList<Delivery> messages, CancellationToken cancellation) =>
        messages.Count == 0 ? Task.CompletedTask : database.WriteAsync(
            session => session.Use(StateSql.HoldMessages)
                .Add(messages.Select(message => message.Id)).Add(messages.Select(message => (string?)message.Journey))
                .Add(messages.Select(message => message.DueAt ?? message.PlannedAt).Select(due => (DateTimeOffset?)due)).ExecuteAsync(),
            cancellation);

    public Task<HeldCount> HeldAsync(string journey, DateTimeOffset lateBefore, CancellationToken cancellation) =>
        database.ReadAsync(
            async session => StoredState.Count(
                await session.Use(StateSql.Count).Add(lateBefore).Add(journey).AllAsync(row => (Kind: row.Int(0), All: row.Long(1), Late: row.Long(2)))),
            cancellation);

    public Task<int> ReleaseAsync(JourneyState state, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                var walks = await PageAsync(session, state, Walks, limit);
                await DoAsync(walks, state, late => session.Use(StateSql.Leave).Add(late.Keys).Add(late.Words).Add(now), on => session.Use(StateSql.WalkOn).Add(on.Keys).Add(on.Due));
                await session.Use(StateSql.LetGo).Add(Walks).Add(walks.Select(one => one.Id)).ExecuteAsync();
                var messages = await PageAsync(session, state, Messages, limit);
                await DoAsync(
                    messages, state, late => session.Use(StateSql.Expire).Add(late.Keys).Add(late.Words).Add(now),
                    on => session.Use(StateSql.Send).Add(on.Keys).Add(on.Due).Add(state.Words));
                await session.Use(StateSql.LetGo).Add(Messages).Add(messages.Select(one => one.Id)).ExecuteAsync();
                return walks.Count + messages.Count;
            },
            cancellation);

    public Task<int> StopAsync(JourneyState state, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                var people = await session.Use(StateSql.UnderWay).Add(state.Journey).Add(limit).AllAsync(row => row.Guid(0));
                await session.Use(StateSql.Leave).Add(people).Add(people.Select(_ => (string?)state.Words)).Add(now).ExecuteAsync();
                await session.Use(StateSql.LetGo).Add(Walks).Add(people).ExecuteAsync();
                var messages = await session.Use(StateSql.Open).Add(state.Journey).Add(limit).AllAsync(row => row.Guid(0));
                await session.Use(StateSql.Cancel).Add(messages).Add(state.Words).Add(now).ExecuteAsync();
                await session.Use(StateSql.LetGo).Add(Messages).Add(messages).ExecuteAsync();
                return people.Count + messages.Count;
            },
            cancellation);

    private static Task<List<(Guid Id, DateTimeOffset Due)>> PageAsync(PgSession session, JourneyState state, int kind, int limit) =>
        session.Use(StateSql.Page).Add(state.Journey).Add(kind).Add(limit).AllAsync(row => (row.Guid(0), row.Time(1)));

    private static async Task DoAsync(
        IReadOnlyList<(Guid Id, DateTimeOffset Due)> page, JourneyState state,
        Func<(IEnumerable<Guid> Keys, IEnumerable<string?> Words), PgStatement> skip, Func<(IEnumerable<Guid> Keys, IEnumerable<DateTimeOffset?> Due), PgStatement> let)
    {
        var late = page.Where(one => one.Due < state.SkipBefore).ToList();
        var others = page.Where(one => !(one.Due < state.SkipBefore)).ToList();
        if (late.Count > 0)
            await skip((late.Select(one => one.Id), late.Select(one => (string?)StoredState.Late(state, one.Due)))).ExecuteAsync();
        if (others.Count > 0)
            await let((others.Select(one => one.Id), others.Select(one => (DateTimeOffset?)one.Due))).ExecuteAsync();
    }
}

using CxOrchestrator.Core.Experiments;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="ISplitStore"/>
internal sealed class PgSplitStore(PgDatabase database) : ISplitStore
{
    public const string Watched = $"""
        select {StoredSplit.PersonColumns} from split_people where customer_id = any($1) and watched_until >= $2 order by customer_id, journey, split
        """;

    public const string Tallies = """
        select journey, split, version, variant, sum(people)::bigint, sum(goals)::bigint, sum(engaged)::bigint, sum(answers)::bigint, sum(promoters)::bigint,
          sum(scores)::bigint, sum(score_sum)::bigint, sum(score_squares)::bigint
        from split_tallies where journey = $1 group by journey, split, version, variant order by split, version, variant
        """;

    public const string Winners = "select journey, split, variant, at, reason from split_winners where journey = $1 order by split";

    private const string Winner = "select journey, split, variant, at, reason from split_winners where journey = $1 and split = $2";

    private const string Call = "insert into split_winners (journey, split, variant, at, reason) values ($1, $2, $3, $4, $5) on conflict do nothing";

    public Task<IReadOnlyList<SplitPerson>> WatchedAsync(IReadOnlyCollection<Guid> customers, DateTimeOffset at, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<SplitPerson>>(
            async session => await session.Use(Watched).Add(customers.Distinct()).Add(at).AllAsync(StoredSplit.Read), cancellation);

    public Task<IReadOnlyList<SplitTally>> TalliesAsync(string journey, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<SplitTally>>(
            async session => await session.Use(Tallies).Add(journey).AllAsync(StoredSplit.ReadTally), cancellation);

    public Task<IReadOnlyList<SplitWinner>> WinnersAsync(string journey, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<SplitWinner>>(
            async session => await session.Use(Winners).Add(journey).AllAsync(StoredSplit.ReadWinner), cancellation);

    public Task<SplitWinner> CallAsync(SplitWinner winner, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            await session.Use(Call).Add(winner.Journey).Add(winner.Split).Add(winner.Variant).Add(winner.At).Add(winner.Reason).ExecuteAsync();
            return (await session.Use(Winner).Add(winner.Journey).Add(winner.Split).FirstAsync(StoredSplit.ReadWinner))!;
        },
        cancellation);
}

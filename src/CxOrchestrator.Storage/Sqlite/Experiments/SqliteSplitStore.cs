using CxOrchestrator.Core.Experiments;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ISplitStore"/>
internal sealed class SqliteSplitStore(SqliteDatabase database) : ISplitStore
{
    public const string Watched = $"select {StoredSplit.PersonColumns} from split_people where customer_id = ? and watched_until >= ?";

    public const string Tallies = $"""
        select journey, split, version, variant, {StoredSplit.SumColumns} from split_tallies where journey = ? order by split, version, variant
        """;

    public const string Winners = "select journey, split, variant, at, reason from split_winners where journey = ? order by split";

    private const string Winner = "select journey, split, variant, at, reason from split_winners where journey = ? and split = ?";

    private const string Call = "insert into split_winners (journey, split, variant, at, reason) values (?, ?, ?, ?, ?) on conflict do nothing";

    public Task<IReadOnlyList<SplitPerson>> WatchedAsync(IReadOnlyCollection<Guid> customers, DateTimeOffset at, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<SplitPerson>>(
            session => [.. customers.Distinct().SelectMany(customer => session.Use(Watched).Add(customer).Add(at).All(StoredSplit.Read))], cancellation);

    public Task<IReadOnlyList<SplitTally>> TalliesAsync(string journey, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<SplitTally>>(session => session.Use(Tallies).Add(journey).All(StoredSplit.ReadTally), cancellation);

    public Task<IReadOnlyList<SplitWinner>> WinnersAsync(string journey, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<SplitWinner>>(session => session.Use(Winners).Add(journey).All(StoredSplit.ReadWinner), cancellation);

    public Task<SplitWinner> CallAsync(SplitWinner winner, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            session.Use(Call).Add(winner.Journey).Add(winner.Split).Add(winner.Variant).Add(winner.At).Add(winner.Reason).Execute();
            return session.Use(Winner).Add(winner.Journey).Add(winner.Split).First(StoredSplit.ReadWinner)!;
        },
        cancellation);
}

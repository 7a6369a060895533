using CxOrchestrator.Core.Doctor;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="ISymptomStore"/>
internal sealed class PgSymptomStore(PgDatabase database) : ISymptomStore
{
    private static readonly (Ailment Ailment, string Sql)[] Late =
    [
        (Ailment.EventsNotProcessed, SymptomSql.Events), (Ailment.WalksNotStarted, SymptomSql.Walks), (Ailment.MessagesNotStarted, SymptomSql.Messages),
        (Ailment.CasesNotStarted, SymptomSql.Cases), (Ailment.WriteBacksNotStarted, SymptomSql.WriteBacks), (Ailment.ErrandsNotStarted, SymptomSql.Errands),
    ];

    private static readonly (Ailment Ailment, string Sql)[] Ended =
    [
        (Ailment.MessagesUnknown, SymptomSql.Unknown), (Ailment.WalksFailed, SymptomSql.Failed), (Ailment.WriteBacksDead, SymptomSql.DeadWriteBacks),
        (Ailment.ErrandsDead, SymptomSql.DeadErrands), (Ailment.CasesRefused, SymptomSql.RefusedCases),
    ];

    public Task<IReadOnlyList<Symptom>> ReadAsync(DateTimeOffset dueBefore, DateTimeOffset leasedBefore, CancellationToken cancellation) =>
        database.ReadMomentAsync<IReadOnlyList<Symptom>>(
            async session =>
            {
                var found = new List<Symptom>();
                foreach (var (ailment, sql) in Late)
                    found.AddRange(await FoundAsync(ailment, session.Use(sql).Add(dueBefore)));
                found.AddRange(await FoundAsync(Ailment.LeasesLeft, session.Use(SymptomSql.Leases).Add(leasedBefore)));
                foreach (var (ailment, sql) in Ended)
                    found.AddRange(await FoundAsync(ailment, session.Use(sql)));
                return found;
            },
            cancellation);

    public Task<IReadOnlyList<string>> NotSeenAsync(IReadOnlyCollection<string> types, DateTimeOffset since, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async session =>
            {
                var first = InOrderOfTime.FirstOf(since);
                var unseen = new List<string>();
                foreach (var type in types)
                {
                    if (await session.Use(SymptomSql.Seen).Add(first).Add(type).NumberAsync() == 0)
                        unseen.Add(type);
                }

                return unseen;
            },
            cancellation);

    public Task<DateTimeOffset> ClockAsync(CancellationToken cancellation) =>
        database.ReadAsync(async session => (await session.Use(SymptomSql.Clock).AllAsync(row => row.Time(0)))[0], cancellation);

    private static async Task<IEnumerable<Symptom>> FoundAsync(Ailment ailment, PgStatement statement) =>
        (await statement.AllAsync(row => (Count: row.Long(0), Since: row.TimeOrNull(1)))).Where(one => one.Count > 0)
            .Select(one => new Symptom(ailment, one.Count, one.Since ?? DateTimeOffset.UnixEpoch));
}

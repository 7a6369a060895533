using CxOrchestrator.Core.Doctor;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="ISymptomStore"/>
internal sealed class SqliteSymptomStore(SqliteDatabase database) : ISymptomStore
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
        database.ReadAsync<IReadOnlyList<Symptom>>(
            session =>
            [
                .. Late.SelectMany(one => Found(one.Ailment, session.Use(one.Sql).Add(dueBefore))),
                .. Found(Ailment.LeasesLeft, session.Use(SymptomSql.Leases).Add(leasedBefore)),
                .. Ended.SelectMany(one => Found(one.Ailment, session.Use(one.Sql))),
            ],
            cancellation);

    public Task<IReadOnlyList<string>> NotSeenAsync(IReadOnlyCollection<string> types, DateTimeOffset since, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<string>>(
            session => [.. types.Where(type => session.Use(SymptomSql.Seen).Add(InOrderOfTime.FirstOf(since)).Add(type).Number() is null)], cancellation);

    public Task<DateTimeOffset> ClockAsync(CancellationToken cancellation) =>
        database.ReadAsync(session => StoredForms.ToTime(session.Use(SymptomSql.Clock).Number() ?? 0), cancellation);

    private static List<Symptom> Found(Ailment ailment, Statement statement) =>
        [.. statement.All(row => (Count: row.Long(0), Since: row.TimeOrNull(1))).Where(one => one.Count > 0)
            .Select(one => new Symptom(ailment, one.Count, one.Since ?? DateTimeOffset.UnixEpoch))];
}

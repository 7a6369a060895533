using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IWork"/>
internal sealed class SqliteWork(SqliteDatabase database) : IWork
{
    public Task<CommitReport> CommitAsync(Effects effects, CancellationToken cancellation) =>
        database.WriteAsync(session => EffectRows.Store(session, effects), cancellation);

    public async Task<WalkReport> WalkDueAsync(WalkClaim claim, Func<IReadOnlyList<Enrolment>, Task<Effects>> walk, CancellationToken cancellation)
    {
        // The one writer must not wait for the walk, so that the rows are leased meanwhile.
        var due = await database.WriteAsync(
            session => SqliteEnrolmentStore.Claim(session, claim.Lease, claim.Now, claim.Lanes, claim.Limit), cancellation);
        if (due.Count == 0)
            return WalkReport.Nothing;
        var report = await CommitAsync(await walk(due), CancellationToken.None);
        return new WalkReport(due.Count, report.RefusedMoves);
    }
}

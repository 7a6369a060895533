using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IWork"/>
internal sealed class PgWork(PgDatabase database) : IWork
{
    // A node that stops in the middle without its connection being closed (the machine is cut off, the process is frozen) must not keep its rows for longer.
    private const string MostIdle = "set local idle_in_transaction_session_timeout = '60s'";

    public Task<CommitReport> CommitAsync(Effects effects, CancellationToken cancellation) =>
        database.WriteAsync(session => EffectRows.StoreAsync(session, effects), cancellation);

    public Task<WalkReport> WalkDueAsync(WalkClaim claim, Func<IReadOnlyList<Enrolment>, Task<Effects>> walk, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return database.WriteAsync(session => WalkAsync(session, claim, walk), CancellationToken.None);
    }

    private static async Task<WalkReport> WalkAsync(PgSession session, WalkClaim claim, Func<IReadOnlyList<Enrolment>, Task<Effects>> walk)
    {
        await session.Use(MostIdle).ExecuteAsync();
        // Another version of the program claims under leases.
        await session.Use(LeasedRows.FreeEnrolments).Add(claim.Lease.Now).ExecuteAsync();
        var due = await session.Use(PgEnrolmentStore.TakeDue)
            .Add(claim.Lanes[0]).Add(claim.Lanes[1]).Add(claim.Lanes[2]).Add(claim.Limit).Add(claim.Now).AllAsync(StoredEnrolment.Read);
        if (due.Count == 0)
            return WalkReport.Nothing;
        var report = await EffectRows.StoreAsync(session, await walk(due));
        return new WalkReport(due.Count, report.RefusedMoves);
    }
}

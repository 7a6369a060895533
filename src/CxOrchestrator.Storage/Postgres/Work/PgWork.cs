using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IWork"/>
internal sealed class PgWork(PgDatabase database) : IWork
{
    // A node that stops in the middle without its connection being closed (the machine is cut off, the process is frozen) must not keep its rows for longer.
    private const string MostIdle = "set local idle_in_transaction_session_timeout = '60s'";

    private readonly DueFloors _floors = new();

    public Task<CommitReport> CommitAsync(Effects effects, CancellationToken cancellation) =>
        database.WriteAsync(session => EffectRows.StoreAsync(session, effects), cancellation);

    public Task<WalkReport> WalkDueAsync(WalkClaim claim, Func<IReadOnlyList<Enrolment>, Task<Effects>> walk, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return database.WriteAsync(session => WalkAsync(session, claim, walk), CancellationToken.None);
    }

    private async Task<WalkReport> WalkAsync(PgSession session, WalkClaim claim, Func<IReadOnlyList<Enrolment>, Task<Effects>> walk)
    {
        var due = await TakeAsync(session, claim);
        if (due.Count == 0)
            return WalkReport.Nothing;
        var report = await EffectRows.StoreAsync(session, await walk(due));
        return new WalkReport(due.Count, report.RefusedMoves);
    }

    private async Task<List<Enrolment>> TakeAsync(PgSession session, WalkClaim claim)
    {
        var from = claim.Lanes.Select(_floors.Of).ToList();
        var taken = await TakeAsync(session, claim, from);
        // Nothing is said to be due only after a whole look.
        return taken.Count > 0 || from.TrueForAll(floor => floor == DateTimeOffset.MinValue)
            ? taken
            : await TakeAsync(session, claim, [.. claim.Lanes.Select(_ => DateTimeOffset.MinValue)]);
    }

    private async Task<List<Enrolment>> TakeAsync(PgSession session, WalkClaim claim, List<DateTimeOffset> from)
    {
        await using var batch = session.Batch();
        batch.Use(MostIdle);
        // Another version of the program claims under leases.
        batch.Use(LeasedRows.FreeEnrolments).Add(claim.Lease.Now);
        batch.Use(PgEnrolmentStore.TakeDue).Add(claim.Lanes[0]).Add(claim.Lanes[1]).Add(claim.Lanes[2]).Add(claim.Limit).Add(claim.Now)
            .Add(from[0]).Add(from[1]).Add(from[2]);
        var taken = await batch.NextAsync(StoredEnrolment.ReadEnd);
        _floors.Took(claim, taken);
        return taken;
    }
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.WriteBacks;

/// <summary>
/// Writes what is owed to the CRM, in batches as large as it likes. Each change carries its key, so that a lost answer is asked for again. Where a whole batch
/// fails, nobody knows whether the CRM is out of order or one change poisons the batch: the next batches are half as large each, down to single changes, and
/// only a change that fails alone is charged with it. What an outage put off goes out at once when the CRM works again.
/// </summary>
internal sealed class WriteBackPass(
    IWriteBackStore store, ICustomerStore customers, IConnections connections, Pace pace,
    Clocks clocks, EngineNode node, EngineOptions options) : IPass
{
    /// <summary>Tries before a change is given up: with the back-off, about four days.</summary>
    public const int MostAttempts = 100;

    /// <inheritdoc/>
    public Work Work => Work.WriteBacks;

    /// <inheritdoc/>
    public int Full => options.WriteBackBatch;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        // Without a CRM that answers, changes wait unclaimed.
        if (connections.For(Capability.CrmWriter) is not { } crm || !connections.Accepts(crm.Name) || !pace.Allows(crm.Name))
            return 0;
        if (await BatchSizeAsync(crm.Name, stop) is not { } size)
            return 0;
        var lease = node.Lease(options.CallLease);
        var due = await store.ClaimDueAsync(lease, clocks.Now, options.WriteBackBatch, stop);
        if (due.Count == 0)
            return 0;

        var people = await customers.GetAsync([.. due.Select(one => one.CustomerId).Distinct()], CancellationToken.None);
        var settled = 0;
        for (var at = 0; at < due.Count;)
        {
            var late = stop.IsCancellationRequested || clocks.MachineNow > lease.Until - (options.CallLease / 2) || !pace.Allows(crm.Name);
            WriteBack[] batch = [.. due.Skip(at).Take(late ? due.Count : Math.Max(1, size >> Math.Min(pace.Failures(crm.Name), 30)))];
            at += batch.Length;
            var outcomes = late ? batch : await WriteAsync(batch, people, crm.Name);
            await store.CompleteAsync(outcomes, CancellationToken.None);
            settled += outcomes.Count(outcome => outcome.State != WriteBackState.Waiting);
            if (!late && outcomes.Any(outcome => outcome.State != WriteBackState.Waiting) && pace.Worked(crm.Name))
                await store.HastenAsync(clocks.Now, CancellationToken.None);
        }

        return settled;
    }

    private async Task<int?> BatchSizeAsync(string crm, CancellationToken cancellation)
    {
        var result = await connections.CallAsync<ICrmWriter, int>(crm, CallKind.Read, (writer, _) => Task.FromResult(writer.BatchSize), cancellation);
        if (result is CallResult<int>.Answered answered)
            return Math.Clamp(answered.Value, 1, options.WriteBackBatch);
        pace.Failed(crm, (result as CallResult<int>.NotCalled)?.RetryAfter);
        return null;
    }

    private async Task<WriteBack[]> WriteAsync(WriteBack[] batch, IReadOnlyDictionary<Guid, Customer> people, string crm)
    {
        var changes = batch.Select(one => Change(one, people.GetValueOrDefault(one.CustomerId), crm)).ToList();
        var result = await connections.CallAsync<ICrmWriter, IReadOnlyList<WriteResult>>(
            crm, CallKind.Write, (writer, cancellation) => writer.UpsertAsync(changes, cancellation), CancellationToken.None);
        var now = clocks.Now;
        switch (result)
        {
            case CallResult<IReadOnlyList<WriteResult>>.Answered { Value: { } results } when results.Count == batch.Length:
                if (results.All(answer => answer is WriteRetry))
                {
                    var asked = results.OfType<WriteRetry>().Max(retry => retry.RetryAfter);
                    pace.Failed(crm, asked);
                    return AllAgain(batch, ((WriteRetry)results[0]).Text, asked, crm, now);
                }

                return [.. batch.Zip(results, (one, answer) => Outcome(one, answer, crm, now))];
            case CallResult<IReadOnlyList<WriteResult>>.NotCalled not:
                pace.Failed(crm, not.RetryAfter);
                return [.. batch.Select(one => one with { DueAt = now + BackOff.AfterWrite(one.Id, 2), Reason = ReasonText.Of(not.Reason) })];
            case CallResult<IReadOnlyList<WriteResult>>.Failed failed:
                pace.Failed(crm);
                return AllAgain(batch, failed.Reason, null, crm, now);
            default:
                pace.Failed(crm);
                return AllAgain(batch, $"{crm} did not give one result for each change", null, crm, now);
        }
    }

    private static WriteBack[] AllAgain(WriteBack[] batch, string reason, TimeSpan? asked, string crm, DateTimeOffset now) => batch is [var alone]
        ? [Again(alone, reason, asked, crm, now)]
        : [.. batch.Select(one => one with { DueAt = now + BackOff.AfterWrite(one.Id, 2, asked), Reason = ReasonText.Of(reason) })];

    private static WriteBack Outcome(WriteBack tried, WriteResult answer, string crm, DateTimeOffset now) => answer switch
    {
        Written written => tried with
        {
            State = WriteBackState.Written,
            DueAt = null,
            Attempts = tried.Attempts + 1,
            Connection = crm,
            CrmId = written.Id,
            Reason = "",
        },
        WriteRefused refused => Dead(tried, $"{crm} refused it: {refused.Code} {refused.Text}", crm),
        WriteRetry retry => Again(tried, retry.Text, retry.RetryAfter, crm, now),
        _ => Again(tried, $"{crm} gave no result", null, crm, now),
    };

    private static WriteBack Again(WriteBack tried, string reason, TimeSpan? asked, string crm, DateTimeOffset now)
    {
        var attempts = tried.Attempts + 1;
        return attempts >= MostAttempts
            ? Dead(tried, $"given up after {attempts} tries; last: {reason}", crm)
            : tried with { Attempts = attempts, DueAt = now + BackOff.AfterWrite(tried.Id, attempts, asked), Reason = ReasonText.Of(reason) };
    }

    private static WriteBack Dead(WriteBack tried, string reason, string crm) => tried with
    {
        State = WriteBackState.Dead,
        DueAt = null,
        Attempts = tried.Attempts + 1,
        Connection = crm,
        Reason = ReasonText.Of(reason),
    };

    private static CrmChange Change(WriteBack owed, Customer? customer, string crm) => new()
    {
        Key = owed.Key,
        PersonId = customer?.IdIn(crm) ?? owed.CustomerId.ToString("N"),
        Kind = owed.Kind,
        At = owed.At,
        Title = owed.Title,
        Values = Json.ToMap(owed.Values),
    };
}

using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Asks services what became of messages whose outcome is unknown, where they can be asked; nothing is sent. What one has found settles the row in one
/// transaction with all that belongs to it, if it is still unknown; a process that dies meanwhile leaves a row that is asked about again. A day after the
/// outcome became unknown nobody is asked any more, and the row waits for a person (<see cref="LookUpTimes"/>).
/// </summary>
internal sealed class LookUpPass(
    ILedger ledger, ICustomerStore customers, IEnrolmentStore enrolments, IPublishedContent content, IConnections connections, Composer composer,
    Pace pace, Clocks clocks, EngineOptions options, Nudges nudges, ILogger<LookUpPass> log) : IPass
{
    // While a connection is out of reach, and where a process dies with rows in hand.
    private static readonly TimeSpan PutOff = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public Work Work => Work.LookUps;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var now = clocks.Now;
        var taken = await ledger.TakeUnknownAsync(now, now + PutOff, options.LookUpBatch, stop);
        if (taken.Count == 0)
            return 0;

        await content.RefreshAsync(CancellationToken.None);
        var people = await customers.GetAsync([.. taken.Select(one => one.CustomerId).Distinct()], CancellationToken.None);
        var walks = await enrolments.GetAsync([.. taken.Select(one => one.EnrolmentId).Distinct()], CancellationToken.None);
        var settled = 0;
        foreach (var delivery in taken)
        {
            if (stop.IsCancellationRequested)
                break;
            if (await GuardedAsync(delivery, people.GetValueOrDefault(delivery.CustomerId), walks.GetValueOrDefault(delivery.EnrolmentId)))
                settled++;
        }

        if (settled > 0)
        {
            nudges.NudgeSending();
            nudges.Nudge(Work.Events);
            nudges.Nudge(Work.WriteBacks);
            nudges.Nudge(Work.Enrolments);
        }

        return settled;
    }

    private async Task<bool> GuardedAsync(Delivery delivery, Customer? customer, Enrolment? enrolment)
    {
        try
        {
            return await LookUpAsync(delivery, customer, enrolment);
        }
        catch (Exception error)
        {
            log.LogError(error, "Delivery {Delivery} could not be looked up; it is tried again.", delivery.Id);
            await LaterAsync(delivery);
            return false;
        }
    }

    private async Task<bool> LookUpAsync(Delivery delivery, Customer? customer, Enrolment? enrolment)
    {
        var now = clocks.Now;
        var connection = connections.Connections.FirstOrDefault(one => one.Name == delivery.Connection);
        // By the time and the address of then: by others the service would not find what it took, and it would be sent a second time.
        if (connection?.Capabilities.Contains(Capability.SendLookup) != true || customer is null
            || delivery is not { SentVia: { } via, HandedOverAt: { } handedOver, HandedOverTo: { } address })
        {
            // It may be installed, or told, before the day is over.
            await LaterAsync(delivery);
            return false;
        }

        if (!connections.Accepts(connection.Name) || !pace.Allows(connection.Name))
        {
            await ledger.LookAgainAsync(delivery.Id, LookUpTimes.After(delivery.ChangedAt, now) is null ? null : now + PutOff, CancellationToken.None);
            return false;
        }

        var query = new SendQuery(delivery.Key, address, handedOver)
        {
            Text = via == Channel.Sms ? composer.Compose(delivery, customer, enrolment, new Verdict.Go(via, connection.Name, address), now).Sms?.Text : null,
        };
        var result = await connections.CallAsync<ISendLookup, SendResult>(
            connection.Name, CallKind.Read, (lookup, cancellation) => lookup.LookUpAsync(query, cancellation), CancellationToken.None);
        if (result is CallResult<SendResult>.Answered { Value: { } found })
        {
            pace.Worked(connection.Name);
            if (Outcomes.Found(delivery, enrolment, new ContactPoint(via, address), found, clocks.Now) is { } outcome)
                return await ledger.SettleAsync(outcome, CancellationToken.None);
        }
        else
        {
            pace.Failed(connection.Name, (result as CallResult<SendResult>.NotCalled)?.RetryAfter);
        }

        await LaterAsync(delivery);
        return false;
    }

    private Task LaterAsync(Delivery delivery) =>
        ledger.LookAgainAsync(delivery.Id, LookUpTimes.After(delivery.ChangedAt, clocks.Now), CancellationToken.None);
}

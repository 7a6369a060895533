using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Cases;

/// <summary>
/// Opens the tickets of cases in the helpdesk. The case's key goes with every try, so that a ticket whose answer was lost is not opened twice.
/// </summary>
internal sealed class CasePass(
    ICaseStore cases, ICustomerStore customers, IConnections connections, Pace pace,
    Clocks clocks, EngineNode node, EngineOptions options, Nudges nudges) : IPass
{
    /// <inheritdoc/>
    public Work Work => Work.Cases;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        // Without a helpdesk that answers, cases wait unclaimed: nothing is lost, and nothing is written about it a thousand times.
        if (connections.For(Capability.TicketWriter) is not { } helpdesk || !connections.Accepts(helpdesk.Name) || !pace.Allows(helpdesk.Name))
            return 0;
        var lease = node.Lease(options.CallLease);
        var opening = await cases.ClaimOpeningAsync(lease, clocks.Now, options.CaseBatch, stop);
        if (opening.Count == 0)
            return 0;

        var people = await customers.GetAsync([.. opening.Select(one => one.CustomerId).Distinct()], CancellationToken.None);
        var settled = 0;
        foreach (var one in opening)
        {
            if (stop.IsCancellationRequested || clocks.MachineNow > lease.Until - (options.CallLease / 2) || !pace.Allows(helpdesk.Name))
                await cases.SaveAsync(one, clocks.Now, Effects.None, CancellationToken.None);
            else if (await OpenAsync(one, people.GetValueOrDefault(one.CustomerId), helpdesk.Name))
                settled++;
        }

        nudges.Nudge(Work.WriteBacks);
        nudges.Nudge(Work.Events);
        return settled;
    }

    private async Task<bool> OpenAsync(Case opening, Customer? customer, string helpdesk)
    {
        var draft = Draft(opening, customer);
        var result = await connections.CallAsync<ITicketWriter, WriteResult>(
            helpdesk, CallKind.Write, (writer, cancellation) => writer.CreateAsync(draft, cancellation), CancellationToken.None);
        var now = clocks.Now;
        var tried = opening with { Attempts = opening.Attempts + 1, ChangedAt = now };
        switch (result)
        {
            case CallResult<WriteResult>.Answered { Value: Written written }:
                pace.Worked(helpdesk);
                var open = tried with { State = CaseState.Open, Connection = helpdesk, TicketId = written.Id, Reason = "" };
                await cases.SaveAsync(open, null, Told(open, now), CancellationToken.None);
                return true;
            case CallResult<WriteResult>.Answered { Value: WriteRefused refused }:
                pace.Worked(helpdesk);
                var reason = ReasonText.Of($"{helpdesk} refused the ticket: {refused.Code} {refused.Text}");
                await cases.SaveAsync(tried with { State = CaseState.Refused, Connection = helpdesk, Reason = reason }, null, Effects.None, CancellationToken.None);
                return true;
            case CallResult<WriteResult>.Answered { Value: WriteRetry retry }:
                pace.Failed(helpdesk);
                await AgainAsync(tried, retry.Text, BackOff.After(opening.Id, tried.Attempts, retry.RetryAfter));
                return false;
            case CallResult<WriteResult>.NotCalled not:
                pace.Failed(helpdesk, not.RetryAfter);
                await AgainAsync(opening, not.Reason, BackOff.After(opening.Id, 1));
                return false;
            case CallResult<WriteResult>.Failed failed:
                pace.Failed(helpdesk);
                await AgainAsync(tried, failed.Reason, BackOff.After(opening.Id, tried.Attempts));
                return false;
            default:
                await AgainAsync(tried, $"{helpdesk} gave no result", BackOff.After(opening.Id, tried.Attempts));
                return false;
        }

        Task AgainAsync(Case kept, string why, TimeSpan pause) =>
            cases.SaveAsync(kept with { Reason = ReasonText.Of(why) }, now + pause, Effects.None, CancellationToken.None);
    }

    private TicketDraft Draft(Case opening, Customer? customer) => new()
    {
        Key = opening.Id.ToString("N"),
        Subject = opening.Subject,
        Body = opening.Body,
        PersonId = PersonId(opening.CustomerId, customer),
        PersonName = customer is { Name.Length: > 0 } ? customer.Name : null,
        PersonEmail = customer?.AddressOn(Channel.Email),
        Owner = opening.Owner,
        Due = opening.DueAt,
        Tags = opening.Journey.Length > 0 ? [opening.Kind, opening.Journey] : [opening.Kind],
    };

    private string PersonId(Guid id, Customer? customer) =>
        connections.For(Capability.CrmWriter) is { } crm && customer?.IdIn(crm.Name) is { } known ? known : id.ToString("N");

    private static Effects Told(Case open, DateTimeOffset now) => new()
    {
        WriteBacks =
        [
            new WriteBack
            {
                Id = Ids.New(now),
                CustomerId = open.CustomerId,
                Key = $"case/{open.Id:N}",
                Kind = CrmChangeKind.Case,
                Title = open.Subject,
                Values = JsonSerializer.SerializeToElement(new
                {
                    @case = open.Id.ToString("N"),
                    kind = open.Kind,
                    ticket = open.TicketId,
                    helpdesk = open.Connection,
                    owner = open.Owner,
                    due = open.DueAt,
                    journey = open.Journey,
                }),
                At = now,
                DueAt = now,
            },
        ],
        Events =
        [
            new CustomerEvent
            {
                Id = Ids.New(now),
                Source = EventTypes.OwnSource,
                SourceId = $"case/{open.Id:N}/opened",
                Type = EventTypes.CaseOpened,
                Subject = open.CustomerId.ToString("N"),
                CustomerId = open.CustomerId,
                Time = now,
                ReceivedAt = now,
                Data = JsonSerializer.SerializeToElement(new { @case = open.Id.ToString("N"), kind = open.Kind }),
            },
        ],
    };
}

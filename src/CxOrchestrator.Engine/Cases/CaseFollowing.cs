using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Cases;

/// <summary>
/// Lets a case follow its ticket: solved or closed there, it is put right here; worked on again there, it is open again here. Each change is stored with its
/// event and its write-back, under keys made of the case's last change, so that it happens once. A ticket that is gone leaves its case open, and says so.
/// </summary>
internal sealed class CaseFollowing(ICaseStore cases, Clocks clocks)
{
    /// <summary>Follows; false where there is nothing to change.</summary>
    /// <param name="followed">The case as it stands.</param>
    /// <param name="ticket">Its ticket as it stands, or null where it is gone.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<bool> FollowAsync(Case followed, Ticket? ticket, CancellationToken cancellation)
    {
        if (followed.State is not (CaseState.Open or CaseState.Solved))
            return false;
        var now = clocks.Now;
        if (ticket is null)
        {
            var gone = $"ticket {followed.TicketId} is no longer in {followed.Connection}: see what became of it";
            if (followed.State == CaseState.Solved || followed.Reason == gone)
                return false;
            await cases.SaveAsync(followed with { Reason = gone, ChangedAt = now }, null, Effects.None, cancellation);
            return true;
        }

        var solved = ticket.State is TicketState.Solved or TicketState.Closed;
        if (solved == (followed.State == CaseState.Solved))
            return false;
        var changed = followed with
        {
            State = solved ? CaseState.Solved : CaseState.Open,
            Reason = solved ? $"solved in {followed.Connection}" : $"open again in {followed.Connection}",
            ChangedAt = now,
        };
        await cases.SaveAsync(changed, null, Told(followed, changed, now), cancellation);
        return true;
    }

    private static Effects Told(Case before, Case after, DateTimeOffset now)
    {
        var what = after.State == CaseState.Solved ? "solved" : "reopened";
        var key = string.Create(CultureInfo.InvariantCulture, $"case/{after.Id:N}/{what}/{before.ChangedAt.UtcTicks}");
        var data = JsonSerializer.SerializeToElement(new
        {
            @case = after.Id.ToString("N"),
            kind = after.Kind,
            ticket = after.TicketId,
            helpdesk = after.Connection,
            state = what,
        });
        return new Effects
        {
            Events =
            [
                new CustomerEvent
                {
                    Id = Ids.New(now),
                    Source = EventTypes.OwnSource,
                    SourceId = key,
                    Type = after.State == CaseState.Solved ? EventTypes.CaseSolved : EventTypes.CaseReopened,
                    Subject = after.CustomerId.ToString("N"),
                    CustomerId = after.CustomerId,
                    Time = now,
                    ReceivedAt = now,
                    Data = data,
                },
            ],
            WriteBacks =
            [
                new WriteBack
                {
                    Id = Ids.New(now),
                    CustomerId = after.CustomerId,
                    Key = key,
                    Kind = CrmChangeKind.Case,
                    Title = $"{after.Subject}: {what}",
                    Values = data,
                    At = now,
                    DueAt = now,
                },
            ],
        };
    }
}

using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>Turns verdicts and answers into outcomes of ledger rows, with all that belongs to them.</summary>
internal static class Outcomes
{
    /// <summary>What a verdict makes of a claimed row.</summary>
    public static DeliveryOutcome Of(Delivery delivery, Enrolment? enrolment, Verdict verdict, DateTimeOffset now) => Decided(delivery, enrolment, verdict, now) with { OfClaim = true };

    private static DeliveryOutcome Decided(Delivery delivery, Enrolment? enrolment, Verdict verdict, DateTimeOffset now) => verdict switch
    {
        Verdict.Later later => Again(delivery, later.Outage || delivery.Attempts > 0 ? DeliveryState.Deferred : DeliveryState.Planned, later.Reason, later.Due, now) with
        {
            AwaitsRoom = later.AwaitsRoom,
        },
        Verdict.Never { State: DeliveryState.Expired or DeliveryState.Rejected } ended => Ended(delivery, ended.State, ended.Reason, now) with
        {
            AwaitsRoom = ended.State == DeliveryState.Expired && delivery.AwaitsRoom,
            Effects = new Effects { Events = [Failed(delivery, ended.State == DeliveryState.Rejected ? delivery.SentVia : null, ended.Reason, now)], Moves = Waiting(delivery, enrolment, now) },
        },
        Verdict.Never never => Ended(delivery, never.State, WithPast(never.Reason, delivery), now) with
        {
            Effects = new Effects { Moves = Waiting(delivery, enrolment, now) },
        },
        _ => throw new InvalidOperationException($"{verdict} is no reason not to send."),
    };

    /// <summary>A row that was claimed and is left as it was.</summary>
    public static DeliveryOutcome Returned(Delivery delivery, DateTimeOffset now) =>
        Again(delivery, delivery.Attempts > 0 ? DeliveryState.Deferred : DeliveryState.Planned, delivery.Reason, delivery.DueAt ?? now, now) with { OfClaim = true };

    /// <summary>What the answer to the hand-over makes of a row.</summary>
    /// <param name="ready">The row.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="now">Now.</param>
    /// <param name="heard">
    /// Whether a journey may listen to <c>delivery.accepted</c>. Where none does, the event is left out: the row says all that it would, and at thousands of
    /// messages a second events that do nothing cost as much as the messages.
    /// </param>
    public static DeliveryOutcome Of(ReadyDelivery ready, SendAnswer answer, DateTimeOffset now, bool heard)
    {
        var delivery = ready.Delivery;
        return answer.Result switch
        {
            SendAccepted accepted => Accepted(ready, accepted, now, heard),
            SendRejected rejected => Rejected(delivery, ready.Enrolment, ready.To, ready.Go.Connection, rejected, now),
            SendDeferred deferred when !answer.Called =>
                Again(delivery, DeliveryState.Deferred, deferred.Text, now + BackOff.After(delivery.Id, 1), now) with { NotCalled = true },
            SendDeferred deferred =>
                Again(delivery, DeliveryState.Deferred, deferred.Text, now + BackOff.After(delivery.Id, delivery.Attempts + 1, deferred.RetryAfter), now),
            SendUnknown unknown when answer.HonoursKey => Again(
                delivery, DeliveryState.Deferred, $"outcome unknown ({unknown.Text}); sent again with the same key, which {ready.Go.Connection} honours",
                now + BackOff.After(delivery.Id, delivery.Attempts + 1), now) with { Doubtful = true },
            SendUnknown unknown => Ended(delivery, DeliveryState.Unknown, unknown.Text, now),
            _ => Ended(delivery, DeliveryState.Unknown, "the connector gave no result", now),
        };
    }

    private static DeliveryOutcome Accepted(ReadyDelivery ready, SendAccepted accepted, DateTimeOffset now, bool heard) =>
        Ended(ready.Delivery, DeliveryState.Accepted, $"accepted by {ready.Go.Connection}", now) with
        {
            ProviderId = accepted.ProviderId,
            Effects = OfArrival(ready.Delivery, ready.Go.Via, now, heard),
        };

    /// <summary>What is owed for a message that the customer has: the line in the CRM, and the event where it is heard.</summary>
    public static Effects OfArrival(Delivery delivery, Channel via, DateTimeOffset now, bool heard = true)
    {
        var writeBack = new WriteBack
        {
            Id = Ids.New(now),
            CustomerId = delivery.CustomerId,
            // A line for each channel that took it: the first one's may have been written before its service told that it did not arrive.
            Key = !delivery.Refused.Any(one => one.Late) ? $"message/{delivery.Key}" : $"message/{delivery.Key}/{Name(via)}",
            Kind = CrmChangeKind.Message,
            Title = $"{delivery.Message} by {(via == Channel.Email ? "e-mail" : "SMS")}",
            Values = JsonSerializer.SerializeToElement(new
            {
                delivery = delivery.Key,
                message = delivery.Message,
                channel = Name(via),
                journey = delivery.Journey,
                touchpoint = delivery.Touchpoint,
            }),
            At = now,
            DueAt = now,
        };
        return new Effects { WriteBacks = [writeBack], Events = heard ? [Event(delivery, "accepted", EventTypes.DeliveryAccepted, via, null, now)] : [] };
    }

    /// <summary>What a service has found about a row whose outcome is unknown; null where it can't tell.</summary>
    /// <param name="delivery">The row.</param>
    /// <param name="enrolment">Its enrolment, where there is one.</param>
    /// <param name="to">The address that it went to.</param>
    /// <param name="found">What was found.</param>
    /// <param name="now">Now.</param>
    public static DeliveryOutcome? Found(Delivery delivery, Enrolment? enrolment, ContactPoint to, SendResult found, DateTimeOffset now) => found switch
    {
        SendAccepted accepted => Ended(delivery, DeliveryState.Accepted, $"{delivery.Connection} has it, as it said when asked", now) with
        {
            ProviderId = accepted.ProviderId,
            Effects = OfArrival(delivery, to.Channel, now),
        },
        SendRejected rejected => Rejected(delivery, enrolment, to, delivery.Connection ?? "", rejected, now),
        SendDeferred deferred => Again(
            delivery, DeliveryState.Deferred, $"{delivery.Connection} never took it, as it said when asked: {deferred.Text}",
            now + BackOff.After(delivery.Id, Math.Max(1, delivery.Attempts), deferred.RetryAfter), now),
        _ => null,
    };

    private static DeliveryOutcome Rejected(
        Delivery delivery, Enrolment? enrolment, ContactPoint to, string connection, SendRejected rejected, DateTimeOffset now)
    {
        var reason = ReasonText.Of($"{connection} refused it: {rejected.Code} {rejected.Text}");
        IReadOnlyList<Suppression> suppressions = rejected.AddressInvalid ? [new Suppression(to, reason, now)] : [];
        if (HasAnotherChannel(delivery, to.Channel))
        {
            return Again(delivery, DeliveryState.Deferred, $"{reason}; it goes by the next channel that reaches the customer", now, now) with
            {
                Refused = [.. delivery.Refused, new Refusal(to.Channel, connection, now, reason)],
                Effects = new Effects { Suppressions = suppressions },
            };
        }

        return Ended(delivery, DeliveryState.Rejected, reason, now) with
        {
            Effects = new Effects
            {
                Events = [Failed(delivery, to.Channel, reason, now)],
                Suppressions = suppressions,
                Moves = Waiting(delivery, enrolment, now),
            },
        };
    }

    /// <summary>
    /// What it makes of a row that its service told for certain, and late, that the message did not arrive: it goes by the next channel. Null where it doesn't: no
    /// other channel, its time is up, or it isn't certain which hand-over is meant, because it was handed over by this channel more than once.
    /// </summary>
    public static DeliveryOutcome? NotArrived(Delivery delivery, string reason, DateTimeOffset now)
    {
        if (delivery is not { SentVia: { } via, State: DeliveryState.HandedOver or DeliveryState.Accepted or DeliveryState.Unknown, Engagement: < Engagement.Delivered }
            || delivery.ExpiresAt <= now || delivery.Attempts != delivery.Refused.Count + 1 || !HasAnotherChannel(delivery, via))
        {
            return null;
        }

        return Again(delivery, DeliveryState.Deferred, $"{reason}; it goes by the next channel that reaches the customer", now, now) with
        {
            Refused = [.. delivery.Refused, new Refusal(via, delivery.Connection ?? "", now, reason) { Late = true }],
            Attempt = delivery.Attempts,
        };
    }

    // What may have reached the customer by one channel doesn't go by another.
    private static bool HasAnotherChannel(Delivery delivery, Channel refused) =>
        !delivery.Doubtful && delivery.Via.Any(channel => channel != refused && delivery.Refused.All(one => one.Channel != channel));

    // A try whose outcome is unknown may have reached the customer after all: what it came to stays to be read.
    private static string WithPast(string reason, Delivery delivery) =>
        delivery.Attempts > 0 && delivery.Reason.Length > 0 ? $"{reason}; before: {delivery.Reason}" : reason;

    /// <summary>An enrolment that waits on what this delivery would have brought, made due, so that its wait ends.</summary>
    public static IReadOnlyList<Enrolment> Waiting(Delivery delivery, Enrolment? enrolment, DateTimeOffset now) =>
        enrolment is { State: EnrolmentState.Active, Entered: true, WaitsOn: not null } && enrolment.Context.Deliveries.Values.Contains(delivery.Id)
            ? [enrolment with { DueAt = now }]
            : [];

    private static DeliveryOutcome Again(Delivery delivery, DeliveryState state, string reason, DateTimeOffset due, DateTimeOffset now) => new()
    {
        Id = delivery.Id,
        State = state,
        Reason = ReasonText.Of(reason),
        At = now,
        // Looked at when it expires, at the latest, so that it expires in time.
        DueAt = delivery.ExpiresAt < due ? delivery.ExpiresAt : due,
    };

    private static DeliveryOutcome Ended(Delivery delivery, DeliveryState state, string reason, DateTimeOffset now) =>
        new() { Id = delivery.Id, State = state, Reason = ReasonText.Of(reason), At = now };

    /// <summary>The event of a message that the customer will not have.</summary>
    public static CustomerEvent Failed(Delivery delivery, Channel? via, string reason, DateTimeOffset now) =>
        Event(delivery, "failed", EventTypes.DeliveryFailed, via, reason, now);

    private static CustomerEvent Event(Delivery delivery, string what, string type, Channel? via, string? reason, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        Source = EventTypes.OwnSource,
        SourceId = $"delivery/{delivery.Key}/{what}",
        Type = type,
        Subject = delivery.CustomerId.ToString("N"),
        CustomerId = delivery.CustomerId,
        DeliveryId = delivery.Id,
        Time = now,
        ReceivedAt = now,
        Data = JsonSerializer.SerializeToElement(new
        {
            message = delivery.Message,
            channel = via is { } channel ? Name(channel) : null,
            journey = delivery.Journey,
            step = delivery.StepId,
            reason,
        }),
    };

    private static string Name(Channel channel) => channel.ToString().ToLowerInvariant();
}

using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Decides at hand-over time whether a delivery goes: expired, journey left, channel (not refused before, consent, address, suppression, words, connection), quiet and business hours,
/// connection at work. Each decision leaves its reason.
/// </summary>
internal sealed class SendDecider(IPublishedContent content, IConnections connections, SendHoursRule hours, Pace pace, JourneyStates states)
{
    // What waits for an admin or for a connection to come back is looked at again after so long.
    private static readonly TimeSpan NoConnectionPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OutagePause = TimeSpan.FromMinutes(1);

    // Whoever resumes the journey makes it due again; this is for the case that nobody ever does.
    private static readonly TimeSpan Held = TimeSpan.FromDays(365);

    public Verdict Decide(Delivery delivery, SendingFacts facts, DateTimeOffset now)
    {
        if (delivery.ExpiresAt <= now)
            return new Verdict.Never(DeliveryState.Expired, Expired(delivery));
        if (states.Still(delivery.Journey) is { } state)
            return state.Standing == JourneyStanding.Stopped ? Never(state.Words) : new Verdict.Later(delivery.ExpiresAt ?? now + Held, state.Words, Outage: false) { Held = true };
        if (!facts.Customers.TryGetValue(delivery.CustomerId, out var customer))
            return Never("the customer is gone");
        if (customer.GoneAt is { } gone)
            return Never($"the CRM has no record of the customer any more (since {gone:u})");
        if (facts.Enrolments.TryGetValue(delivery.EnrolmentId, out var enrolment) && enrolment.State == EnrolmentState.Exited)
            return Never($"the journey was left: {enrolment.Reason}");
        if (content.Message(delivery.Message) is not { } message)
            return Never($"the message {delivery.Message} is not published");

        var reasons = new List<string>();
        var lacksConnection = false;
        foreach (var channel in delivery.Via)
        {
            if (Obstacle(delivery, customer, facts, message, channel) is { } obstacle)
            {
                reasons.Add(obstacle);
                continue;
            }

            if (connections.For(SenderOf(channel)) is { } connection)
            {
                var verdict = GoOrWait(delivery, customer, channel, connection.Name, now);
                return verdict switch
                {
                    Verdict.Go go => go with { Why = HandOverWords.Of(delivery, channel, connection.Name, reasons, facts.ConsentOf(customer, channel, delivery.Purpose)) },
                    Verdict.Later later => later with { Via = channel },
                    _ => verdict,
                };
            }

            lacksConnection = true;
            reasons.Add($"{Name(channel)}: no connection sends it");
        }

        var all = string.Join("; ", reasons);
        // A connection is something that an admin can put right; what the customer has said, or not told, is not.
        if (lacksConnection)
            return new Verdict.Later(now + NoConnectionPause, all, Outage: true);
        return delivery.Refused.Count > 0 ? new Verdict.Never(DeliveryState.Rejected, all) : Never(all);
    }

    /// <summary>The capability that a channel needs.</summary>
    public static Capability SenderOf(Channel channel) => channel == Channel.Email ? Capability.EmailSender : Capability.SmsSender;

    /// <summary>Whether nothing goes by a channel now, whatever it is.</summary>
    public bool IsOut(Channel channel, DateTimeOffset now) =>
        connections.For(SenderOf(channel)) is not { } connection || Outage(connection.Name, now) is not null;

    /// <summary>Why a connection is not called now, or null where it is.</summary>
    public Verdict.Later? Outage(string connection, DateTimeOffset now)
    {
        if (!connections.Accepts(connection))
            return new Verdict.Later(now + OutagePause, $"{connection} takes no calls now", Outage: true);
        return pace.Allows(connection)
            ? null
            : new Verdict.Later(now + OutagePause, $"{connection} has just failed and is left alone for a moment", Outage: true);
    }

    private Verdict GoOrWait(Delivery delivery, Customer customer, Channel channel, string connection, DateTimeOffset now) =>
        hours.Closed(delivery, customer, now) ?? Outage(connection, now) ?? (Verdict)new Verdict.Go(channel, connection, customer.AddressOn(channel)!);

    private static string? Obstacle(Delivery delivery, Customer customer, SendingFacts facts, MessageTemplate message, Channel channel)
    {
        if (delivery.Refused.FirstOrDefault(one => one.Channel == channel) is { } refusal)
            return $"{Name(channel)}: {refusal.Reason}";
        var consent = facts.ConsentOf(customer, channel, delivery.Purpose);
        if (consent is { State: ConsentState.Withdrawn })
            return $"{Name(channel)}: consent for {HandOverWords.Said(consent)}";
        if (delivery.Purpose == Purpose.Marketing && consent is not { State: ConsentState.Given })
            return $"{Name(channel)}: no consent for marketing";
        if (customer.AddressOn(channel) is not { } address)
            return $"{Name(channel)}: no address";
        if (facts.IsSuppressed(channel, address))
            return $"{Name(channel)}: the address must not be used";
        return message.LanguageFor(customer.Locale, channel) is not null ? null : $"{Name(channel)}: the message has no words for it";
    }

    private static string Expired(Delivery delivery) =>
        delivery.Reason.Length > 0 && delivery.Reason != "planned"
            ? $"not sent by {delivery.ExpiresAt:u}; last: {delivery.Reason}"
            : $"not sent by {delivery.ExpiresAt:u}";

    private static string Name(Channel channel) => HandOverWords.Name(channel);

    private static Verdict.Never Never(string reason) => new(DeliveryState.Suppressed, reason);
}

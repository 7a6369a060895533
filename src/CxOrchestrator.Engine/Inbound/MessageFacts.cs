using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Dispatch;

namespace CxOrchestrator.Engine.Inbound;

/// <summary>What services tell about messages.</summary>
internal static class MessageFacts
{
    /// <summary>Codes of RFC 3463 (and RFC 7505, RFC 6531) by which the address itself is bad: no such mailbox, bad syntax, moved, takes no mail.</summary>
    private static readonly HashSet<string> BadAddress = ["5.1.1", "5.1.3", "5.1.6", "5.1.10"];

    /// <summary>
    /// The service has the message, and how far it has come. Kept where it is more than what is known. A delivery that was handed over and whose outcome
    /// is still open (unknown, or to be sent again) is settled as accepted, with all that an acceptance brings: the customer has it, so it isn't sent again.
    /// </summary>
    public static string Came(CustomerEvent fact, Delivery? delivery, Engagement engagement, string what, EffectCollector effects, DateTimeOffset now)
    {
        if (delivery is null)
            return "it names no message of ours";
        if (IsOfAnother(fact, delivery))
            return $"{delivery.Message}: {what}, by a channel that it had failed by before; it went by another";
        effects.Engagements.Add(new EngagementChange(delivery.Id, engagement, fact.Time));
        if (HasEnded(delivery) || delivery.SentVia is not { } via)
            return $"{delivery.Message}: {what}";
        effects.Settlements.Add(new DeliveryOutcome
        {
            Id = delivery.Id,
            State = DeliveryState.Accepted,
            Reason = $"{fact.Source} told that {what}",
            ProviderId = fact.Text("providerId"),
            At = now,
            Effects = Outcomes.OfArrival(delivery, via, now),
        });
        return $"{delivery.Message}: {what}, so that it was sent";
    }

    /// <summary>
    /// The message will not arrive. Where that is for good and its step has another channel, it goes by that, once, and nothing else is told. Else the row of
    /// an accepted one stays accepted, with its failure beside it; one whose outcome is still open is settled as rejected. Either way <c>delivery.failed</c> is told, and an enrolment that waits on the message goes on. An address that is bad for good (told so, or
    /// by its code; never with a code 4, which passes) is not used again. A message that has reached the customer has not failed, whatever comes after.
    /// </summary>
    public static string Failed(CustomerEvent fact, Delivery? delivery, Customer? customer, EffectCollector effects, DateTimeOffset now)
    {
        var reason = ReasonText.Of($"{fact.Source} told that it did not arrive: {fact.Why()}".TrimEnd(' ', ':'));
        var suppressed = Suppress(fact, delivery, customer, reason, effects) ? "; the address is not used again" : "";
        if (delivery is null)
            return $"it names no message of ours{suppressed}";
        if (IsOfAnother(fact, delivery) || delivery.Refused.Any(one => one.Channel == delivery.SentVia))
            return $"{delivery.Message} had been refused there before, and goes by another channel{suppressed}";
        if (delivery.Engagement >= Engagement.Delivered)
            return $"{delivery.Message} had reached the customer before, and stays so{suppressed}";
        if (!Passes(fact) && Outcomes.NotArrived(delivery, reason, now) is { } again)
        {
            effects.Settlements.Add(again);
            return $"{delivery.Message} did not arrive, so that it goes by the next channel: {fact.Why()}{suppressed}";
        }

        effects.Engagements.Add(new EngagementChange(delivery.Id, Engagement.Failed, fact.Time));
        if (delivery.State is DeliveryState.HandedOver or DeliveryState.Unknown)
            effects.Settlements.Add(new DeliveryOutcome { Id = delivery.Id, State = DeliveryState.Rejected, Reason = reason, At = now });
        if (delivery.State is DeliveryState.HandedOver or DeliveryState.Unknown or DeliveryState.Accepted)
            effects.Events.Add(Outcomes.Failed(delivery, delivery.SentVia, reason, now));
        return $"{delivery.Message} did not arrive: {fact.Why()}{suppressed}";
    }

    private static bool HasEnded(Delivery delivery) =>
        delivery.State is DeliveryState.Accepted or DeliveryState.Rejected or DeliveryState.Suppressed or DeliveryState.Expired;

    private static bool Suppress(CustomerEvent fact, Delivery? delivery, Customer? customer, string reason, EffectCollector effects)
    {
        if (!IsBadForGood(fact) || PointOf(fact, delivery, customer) is not { } point)
            return false;
        effects.Suppressions.Add(new Suppression(point, reason, fact.Time));
        return true;
    }

    private static bool IsBadForGood(CustomerEvent fact) => !Passes(fact) && (fact.Flag("addressInvalid") ?? BadAddress.Contains(fact.Text("code") ?? ""));

    // A reason that passes: the service has given up, and the last of its tries may have arrived after all.
    private static bool Passes(CustomerEvent fact) => (fact.Text("code") ?? "").StartsWith("4.", StringComparison.Ordinal);

    // A message that goes by another channel since: what the service of the first still tells is not about how it went then.
    private static bool IsOfAnother(CustomerEvent fact, Delivery delivery) => delivery.Connection != fact.Source
        ? delivery.Refused.Any(one => one.Connection == fact.Source)
        : AddressText.Any(fact.Text(ConnectorIntake.Address)) is { } named && named.Channel != delivery.SentVia && delivery.Refused.Any(one => one.Channel == named.Channel);

    // The address that it went to: the customer's may be another by now, and whoever has one message of ours could have any address named. Another one
    // that is bad is one that the customer's mail goes on to.
    private static ContactPoint? PointOf(CustomerEvent fact, Delivery? delivery, Customer? customer)
    {
        var named = AddressText.Any(fact.Text(ConnectorIntake.Address));
        if (delivery is { SentVia: { } channel, HandedOverTo: { } to })
            return named is null || named == AddressText.Any(to) ? new ContactPoint(channel, to) : null;
        if (named is not null)
            return named;
        return delivery?.SentVia is { } via && customer?.AddressOn(via) is { } address ? new ContactPoint(via, address) : null;
    }
}

using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Attention;
using CxOrchestrator.Engine.Dispatch;

namespace CxOrchestrator.Engine.Explaining;

/// <summary>What became of a message, and on what it was decided.</summary>
internal static class DeliveryTelling
{
    /// <summary>The lines of one message, in order of time.</summary>
    public static IEnumerable<ExplainedLine> Of(Chain chain, WatchedDelivery stored)
    {
        var one = stored.Delivery;
        var expires = one.ExpiresAt is { } end ? $", kept until {Words.Moment(end)}" : "";
        var hours = one.SendIn is { } calendar ? $", in business hours of {calendar}" : "";
        yield return Line(one.PlannedAt, $"{one.Message} is planned for {Words.Of(one.Purpose)} by {string.Join(", then ", one.Via.Select(HandOverWords.Name))}{hours}{expires}");
        foreach (var refusal in one.Refused)
            yield return Line(refusal.At, $"{one.Message} did not go by {HandOverWords.Name(refusal.Channel)}: {refusal.Reason}");
        if (one.HandedOverAt is { } handedOver)
            yield return Line(handedOver, HandedOver(one));
        foreach (var line in Basis(chain, one))
            yield return line;
        if (one.State != DeliveryState.Planned || one.Reason != "planned")
            yield return Line(one.ChangedAt, Stands(one));
        if (one.EngagedAt is { } engaged)
            yield return Line(engaged, $"{one.Message}: {one.Connection} told that it {Came(one.Engagement)}");
        if (one.State == DeliveryState.Unknown)
            yield return Line(null, LookUp(stored));
    }

    private static string HandedOver(Delivery one)
    {
        var why = one.Decided.Length > 0 ? one.Decided : $"{Words.Of(one.SentVia)} by {one.Connection}; why this channel, and on which consent, was not kept then";
        var tries = one.Attempts > 1 ? $" (try {one.Attempts}; answers to the tries before are not kept)" : "";
        return $"{one.Message} is handed over{tries}: {why}";
    }

    // What is decided anew at each look is told as of now; what was decided stands with the decision.
    private static IEnumerable<ExplainedLine> Basis(Chain chain, Delivery one)
    {
        if (one.State is DeliveryState.Planned or DeliveryState.Deferred)
        {
            foreach (var channel in one.Via)
            {
                var consent = chain.Facts.Consents.Where(record => record.Channel == channel && record.Purpose == one.Purpose).MaxBy(record => record.At);
                yield return new ExplainedLine(null, "consent", consent is null
                    ? $"{HandOverWords.Name(channel)}: nothing was said on {Words.Of(one.Purpose)}{(one.Purpose == Purpose.Marketing ? ", which needs a yes" : ", which needs none")}"
                    : $"{HandOverWords.Name(channel)}: consent for {HandOverWords.Said(consent)}");
            }
        }

        if (one.State is DeliveryState.Planned or DeliveryState.Deferred && chain.Budget.Covers(one.Purpose))
            yield return new ExplainedLine(null, "budget", $"attention budget of {BidWords.Stands(chain.Budget, chain.Attention, chain.Now)}");

        if (one.State is DeliveryState.Planned or DeliveryState.Deferred or DeliveryState.Suppressed)
        {
            foreach (var suppression in chain.Facts.Suppressions.Where(suppression => one.Via.Contains(suppression.Point.Channel)))
            {
                yield return new ExplainedLine(suppression.At, "suppression",
                    $"the {HandOverWords.Name(suppression.Point.Channel)} address must not be used{(suppression.ByChoice ? ", by the customer's choice" : "")}: {suppression.Reason}");
            }
        }
    }

    private static string Stands(Delivery one)
    {
        var due = one.DueAt is { } at ? $"; next try {Words.Moment(at)}" : "";
        var id = one is { State: DeliveryState.Accepted, ProviderId: { Length: > 0 } provider } ? $"; its id there is {provider}" : "";
        return $"{one.Message} is {Words.Of(one.State)}: {one.Reason}{due}{id}";
    }

    private static string Came(Engagement engagement) => engagement switch
    {
        Engagement.Delayed => "is late and still being tried",
        Engagement.Failed => "did not arrive",
        Engagement.Delivered => "was delivered",
        Engagement.Read => "was read",
        _ => "has nothing to tell",
    };

    private static string LookUp(WatchedDelivery stored) => stored.LookUpAt is { } at
        ? $"{stored.Delivery.Connection} is asked on {Words.Moment(at)} what became of it, where it can be asked"
        : $"nobody is asked any more; a person settles it: cxo deliveries settle {stored.Delivery.Key} --sent|--send-again --by NAME";

    private static ExplainedLine Line(DateTimeOffset? at, string text) => new(at, "message", text);
}

using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>Why a message goes the way it goes, in words; kept with the hand-over, because consent and addresses change afterwards.</summary>
internal static class HandOverWords
{
    /// <summary>For example <c>SMS by sms-eu; e-mail: no address; consent for feedback: nothing was said, and none is needed</c>.</summary>
    public static string Of(Delivery delivery, Channel channel, string connection, IReadOnlyList<string> against, ConsentRecord? consent)
    {
        var parts = new List<string> { $"{Name(channel)} by {connection}" };
        parts.AddRange(against);
        parts.Add(consent is null
            ? $"consent for {delivery.Purpose.ToString().ToLowerInvariant()}: nothing was said, and none is needed"
            : $"consent for {Said(consent)}");
        if (delivery.Reason is { Length: > 0 } before and not "planned")
            parts.Add($"before: {before}");
        return ReasonText.Of(string.Join("; ", parts));
    }

    /// <summary>For example <c>feedback is given (by customer, page, 2026-03-02 12:00:00Z)</c>.</summary>
    public static string Said(ConsentRecord consent) =>
        $"{consent.Purpose.ToString().ToLowerInvariant()} is {(consent.State == ConsentState.Unknown ? "not known" : consent.State.ToString().ToLowerInvariant())} "
        + $"(by {consent.By}, {consent.How}, {consent.At:u})";

    /// <summary>A channel as people say it.</summary>
    public static string Name(Channel channel) => channel == Channel.Email ? "e-mail" : "SMS";
}

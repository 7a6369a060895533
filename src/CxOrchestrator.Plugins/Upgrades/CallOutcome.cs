using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Upgrades;

/// <summary>How a call went, for judging the version that answered it.</summary>
internal enum CallOutcome
{
    /// <summary>As it should.</summary>
    Good,

    /// <summary>The service refused what it was given. That is an answer: bad addresses are nobody's error, unless there are many more.</summary>
    Rejected,

    /// <summary>It failed, or its result says trouble.</summary>
    Trouble,
}

/// <summary>Tells how calls went.</summary>
internal static class CallOutcomes
{
    private const int ServerError = 500;

    /// <summary>How this one went; null where nobody was called, or where it says nothing about the version.</summary>
    /// <param name="result">What the guard gave.</param>
    /// <param name="capability">
    /// The work: "certainly not sent" is trouble for a sender, and a plain answer of whoever only looks a message up.
    /// </param>
    public static CallOutcome? Of<T>(CallResult<T> result, Type capability) => result switch
    {
        CallResult<T>.Failed => CallOutcome.Trouble,
        // Anybody may post: a thousand refused strangers prove nothing, and would hide what the version does wrong elsewhere.
        CallResult<T>.Answered { Value: WebhookResult { Verified: false } } => null,
        CallResult<T>.Answered { Value: SendResult sent } => capability == typeof(IEmailSender) || capability == typeof(ISmsSender) ? OfSend(sent) : CallOutcome.Good,
        CallResult<T>.Answered answered => OfValue(answered.Value),
        _ => null,
    };

    private static CallOutcome OfSend(SendResult sent) => sent switch
    {
        SendUnknown or SendDeferred => CallOutcome.Trouble,
        SendRejected => CallOutcome.Rejected,
        _ => CallOutcome.Good,
    };

    private static CallOutcome OfValue(object? value) => value switch
    {
        WriteRetry => CallOutcome.Trouble,
        HealthReport { Healthy: false } => CallOutcome.Trouble,
        WebhookResult { Status: >= ServerError } => CallOutcome.Trouble,
        WriteRefused => CallOutcome.Rejected,
        IEnumerable<WriteResult> several => several.Select(one => OfValue(one)).DefaultIfEmpty(CallOutcome.Good).Max(),
        _ => CallOutcome.Good,
    };
}

namespace CxOrchestrator.Sdk;

/// <summary>
/// What became of one message. Expected outcomes are results; an exception from a send is taken as <see cref="SendUnknown"/>.
/// </summary>
public abstract record SendResult
{
    private protected SendResult()
    {
    }

    /// <summary>The service has taken the message.</summary>
    /// <param name="providerId">The service's own id or receipt, where it gave one.</param>
    public static SendResult Accepted(string? providerId = null) => new SendAccepted(providerId);

    /// <summary>The service has refused the message for good; it was not sent.</summary>
    /// <param name="code">The service's code, for example <c>5.1.1</c> or <c>21610</c>.</param>
    /// <param name="text">Why, in words that are safe to show to an operator.</param>
    /// <param name="addressInvalid">The address itself is bad and should not be used again.</param>
    public static SendResult Rejected(string code, string text, bool addressInvalid = false) =>
        new SendRejected(code, text, addressInvalid);

    /// <summary>The message was certainly not sent; it may be tried again.</summary>
    /// <param name="text">Why, in words that are safe to show to an operator.</param>
    /// <param name="retryAfter">How long the service asks to wait; null leaves it to the host.</param>
    public static SendResult Deferred(string text, TimeSpan? retryAfter = null) => new SendDeferred(text, retryAfter);

    /// <summary>The message may have been sent; nobody knows.</summary>
    /// <param name="text">What happened, in words that are safe to show to an operator.</param>
    public static SendResult Unknown(string text) => new SendUnknown(text);
}

/// <summary>See <see cref="SendResult.Accepted"/>.</summary>
public sealed record SendAccepted(string? ProviderId) : SendResult;

/// <summary>See <see cref="SendResult.Rejected"/>.</summary>
public sealed record SendRejected(string Code, string Text, bool AddressInvalid) : SendResult;

/// <summary>See <see cref="SendResult.Deferred"/>.</summary>
public sealed record SendDeferred(string Text, TimeSpan? RetryAfter) : SendResult;

/// <summary>See <see cref="SendResult.Unknown"/>.</summary>
public sealed record SendUnknown(string Text) : SendResult;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>How our own mail is known again in what comes in.</summary>
public sealed record InboundRules
{
    /// <summary>Domain of our Message-IDs, which are <c>key@domain</c>; null where a service puts its own in their place.</summary>
    public string? MessageIdDomain { get; init; }

    /// <summary>The addresses that bounces go to; null where the deliveries have none of their own.</summary>
    public BounceAddresses? Bounces { get; init; }

    /// <summary>The address of the <c>mailto:</c> in List-Unsubscribe; null where there is none.</summary>
    public string? UnsubscribeAddress { get; init; }

    /// <summary>The key of the delivery with this Message-ID (without angle brackets), for services that give ids of their own; null where it is not known.</summary>
    public Func<string, string?>? KeyOfMessageId { get; init; }
}

namespace CxOrchestrator.Sdk;

/// <summary>Finds out what became of a message whose outcome is unknown, without sending anything.</summary>
public interface ISendLookup
{
    /// <summary>
    /// Asks the service. <see cref="SendAccepted"/>: it has the message. <see cref="SendRejected"/>: it has refused it. <see cref="SendDeferred"/>: it certainly
    /// never took it, so that it may be sent again. <see cref="SendUnknown"/>: it can't tell, or not yet; ask again later.
    /// </summary>
    Task<SendResult> LookUpAsync(SendQuery query, CancellationToken cancellation);
}

/// <summary>Which message is looked for.</summary>
/// <param name="Key">The delivery's key.</param>
/// <param name="To">The address or number that it went to.</param>
/// <param name="HandedOverAt">When it was handed over, by the host's clock.</param>
public sealed record SendQuery(string Key, string To, DateTimeOffset HandedOverAt)
{
    /// <summary>The words of a text message as they would be sent now, for services that keep nothing else of ours; null where they can't be told.</summary>
    public string? Text { get; init; }
}

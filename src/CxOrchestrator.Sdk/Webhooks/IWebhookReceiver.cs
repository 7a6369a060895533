namespace CxOrchestrator.Sdk;

/// <summary>Takes what a service posts to us.</summary>
public interface IWebhookReceiver
{
    /// <summary>
    /// Verifies the request by its raw bytes before anything is parsed, and turns it into events. Called for GET too, where a service makes sure of
    /// the address that way. The service is waiting: no calls to it from here.
    /// </summary>
    Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken cancellation);
}

/// <summary>A request as it came.</summary>
/// <param name="Method">For example <c>POST</c>.</param>
/// <param name="Url">The public address that was called, with its query.</param>
/// <param name="Headers">By name, in the order of arrival; names without regard to case.</param>
/// <param name="Body">The bytes as received.</param>
public sealed record WebhookRequest(string Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The value of a header that came exactly once; null where it is missing or came twice, because then nobody knows which one is meant.</summary>
    public string? Header(string name)
    {
        string? found = null;
        foreach (var (header, value) in Headers)
        {
            if (!string.Equals(header, name, StringComparison.OrdinalIgnoreCase))
                continue;
            if (found is not null)
                return null;
            found = value;
        }

        return found;
    }
}

/// <summary>What a webhook gave, and what to answer the service.</summary>
/// <param name="Verified">False where the signature did not hold: nothing of it is used.</param>
/// <param name="Events">What it says; acknowledged only after it is stored.</param>
/// <param name="Status">HTTP status of the reply, such as 204 or 401.</param>
/// <param name="ReplyBody">Body of the reply, where the service expects one.</param>
public sealed record WebhookResult(bool Verified, IReadOnlyList<ConnectorEvent> Events, int Status, string? ReplyBody = null)
{
    /// <summary>Media type of the reply's body. Default: <c>text/plain; charset=utf-8</c>.</summary>
    public string ReplyType { get; init; } = "text/plain; charset=utf-8";

    /// <summary>The signature did not hold.</summary>
    public static WebhookResult Refused { get; } = new(false, [], 401);

    /// <summary>Verified; nothing to reply but 204.</summary>
    public static WebhookResult Taken(params IReadOnlyList<ConnectorEvent> events) => new(true, events, 204);
}

namespace CxOrchestrator.Sdk;

/// <summary>
/// What became of one change that was written to a service (a CRM record, a ticket). Writes carry an idempotency key, so that a
/// write whose outcome is unknown is repeated with the same key.
/// </summary>
public abstract record WriteResult
{
    private protected WriteResult()
    {
    }

    /// <summary>The change stands in the service, by this call or by an earlier one with the same key.</summary>
    /// <param name="id">The service's id of what was written.</param>
    public static WriteResult Written(string id) => new Written(id);

    /// <summary>The service has refused the change for good.</summary>
    public static WriteResult Refused(string code, string text) => new WriteRefused(code, text);

    /// <summary>The change was not made, or nobody knows; try again with the same key.</summary>
    public static WriteResult Retry(string text, TimeSpan? retryAfter = null) => new WriteRetry(text, retryAfter);
}

/// <summary>See <see cref="WriteResult.Written"/>.</summary>
public sealed record Written(string Id) : WriteResult;

/// <summary>See <see cref="WriteResult.Refused"/>.</summary>
public sealed record WriteRefused(string Code, string Text) : WriteResult;

/// <summary>See <see cref="WriteResult.Retry"/>.</summary>
public sealed record WriteRetry(string Text, TimeSpan? RetryAfter) : WriteResult;

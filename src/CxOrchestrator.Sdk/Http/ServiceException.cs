namespace CxOrchestrator.Sdk.Http;

/// <summary>A read that a service did not answer as it should: an outage, which the host retries. The message is safe to show.</summary>
public sealed class ServiceException : Exception
{
    /// <summary>An outage.</summary>
    /// <param name="message">What happened, without address, credentials or content.</param>
    public ServiceException(string message)
        : base(message)
    {
    }

    /// <summary>The status of the answer; 0 where there was none.</summary>
    public int Status { get; init; }

    /// <summary>How long the service asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

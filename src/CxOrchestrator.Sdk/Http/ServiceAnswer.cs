namespace CxOrchestrator.Sdk.Http;

/// <summary>What a request came to: a <see cref="ServiceReply"/> or a <see cref="ServiceSilence"/>.</summary>
public abstract record ServiceAnswer
{
    private protected ServiceAnswer()
    {
    }

    /// <summary>
    /// What became of a send. Without a reply: deferred where the request has certainly not left, else unknown. With one: what
    /// <paramref name="read"/> makes of it; where that says nothing (null), by the status: 429, 401, 403 and redirects are deferred
    /// (the service has not taken it), other 4xx rejected, everything else unknown.
    /// </summary>
    /// <param name="read">The service's own rules; asked first, for every reply.</param>
    public SendResult ToSend(Func<ServiceReply, SendResult?> read) => this switch
    {
        ServiceReply reply => read(reply) ?? reply switch
        {
            { Status: 429 or 401 or 403 or (>= 300 and < 400) } => SendResult.Deferred(reply.Summary, reply.RetryAfter),
            { Status: 408 } => SendResult.Unknown(reply.Summary),
            { Status: >= 400 and < 500 } => SendResult.Rejected($"http-{reply.Status}", reply.Summary),
            _ => SendResult.Unknown(reply.Summary),
        },
        ServiceSilence { MayHaveArrived: false } silence => SendResult.Deferred(silence.Text),
        ServiceSilence silence => SendResult.Unknown(silence.Text),
        _ => throw new InvalidOperationException("There is no third kind of answer."),
    };

    /// <summary>
    /// What became of a write. Without a reply: try again with the same key. With one: what <paramref name="read"/> makes of it; where that says
    /// nothing (null), by the status: 4xx is refused except 401, 403, 408, 409 and 429, which are tried again like everything else.
    /// </summary>
    /// <param name="read">The service's own rules; asked first, for every reply.</param>
    public WriteResult ToWrite(Func<ServiceReply, WriteResult?> read) => this switch
    {
        ServiceReply reply => read(reply) ?? reply switch
        {
            { Status: 401 or 403 or 408 or 409 or 429 } => WriteResult.Retry(reply.Summary, reply.RetryAfter),
            { Status: >= 400 and < 500 } => WriteResult.Refused($"http-{reply.Status}", reply.Summary),
            _ => WriteResult.Retry(reply.Summary, reply.RetryAfter),
        },
        ServiceSilence silence => WriteResult.Retry(silence.Text),
        _ => throw new InvalidOperationException("There is no third kind of answer."),
    };

    /// <summary>The reply of a read that must succeed.</summary>
    /// <param name="also">A status beside 2xx that is an answer, such as 404 for a search.</param>
    /// <exception cref="ServiceException">There is none, or it has another status: an outage, which the host retries.</exception>
    public ServiceReply Reply(int also = 200) => this switch
    {
        ServiceReply { IsSuccess: true } reply => reply,
        ServiceReply reply when reply.Status == also => reply,
        ServiceReply reply => throw new ServiceException(reply.Summary) { Status = reply.Status, RetryAfter = reply.RetryAfter },
        ServiceSilence silence => throw new ServiceException(silence.Text),
        _ => throw new InvalidOperationException("There is no third kind of answer."),
    };
}

/// <summary>The service did not answer, or not to the end.</summary>
/// <param name="MayHaveArrived">False where the request has certainly not left.</param>
/// <param name="Text">What happened, without address, credentials or content.</param>
public sealed record ServiceSilence(bool MayHaveArrived, string Text) : ServiceAnswer
{
    /// <summary>True where it answered with more than <see cref="ServiceClientOptions.MaxReplyBytes"/>: asking again gives the same.</summary>
    public bool IsTooLong { get; init; }
}

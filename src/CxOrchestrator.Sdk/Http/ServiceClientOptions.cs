using System.Net.Http.Headers;

namespace CxOrchestrator.Sdk.Http;

/// <summary>How a <see cref="ServiceClient"/> reaches its service.</summary>
public sealed record ServiceClientOptions
{
    /// <summary>
    /// Where the service's interface begins, for example <c>https://api.example.com/v1/</c>. Paths are taken below it whether or not it ends in a slash.
    /// It comes from the connection's settings, so that the connection can be pointed at a gateway or a test server.
    /// </summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>Gives the credentials of each request; null sends none. What it throws as <see cref="ServiceException"/> is an outage before the request.</summary>
    public Func<CancellationToken, ValueTask<AuthenticationHeaderValue?>>? Authorize { get; init; }

    /// <summary>The clock by which a <c>Retry-After</c> that names a date is turned into a time to wait. Default: the real one.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long opening a connection may take. Default: 15 seconds. The time limit of the whole call is the host's.</summary>
    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest answer that is read, in bytes after decompression. Default: 16 MiB.</summary>
    public int MaxReplyBytes { get; init; } = 16 * 1024 * 1024;
}

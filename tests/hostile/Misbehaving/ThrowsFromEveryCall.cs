using CxOrchestrator.Sdk;

namespace Misbehaving;

/// <summary>Settings with a secret that the connector gives away in its errors.</summary>
public sealed class TalkativeSettings
{
    /// <summary>A secret; optional.</summary>
    public Secret? ApiKey { get; set; }
}

/// <summary>Is made without trouble, and throws from every call.</summary>
public sealed class ThrowsFromEveryCall : IPlugin<TalkativeSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, TalkativeSettings settings) => new ThrowsFromEveryCallConnector(settings.ApiKey);
}

/// <summary>Throws, with all that it knows in the message.</summary>
internal sealed class ThrowsFromEveryCallConnector(Secret? apiKey) : IConnector, ISmsSender, IEmailSender, ICrmReader, IHealthProbe
{
    /// <inheritdoc/>
    public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation) => throw Failure(message.To);

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation) => throw Failure(message.To.Address);

    /// <inheritdoc/>
    public async Task<CrmPerson?> FindAsync(string id, CancellationToken cancellation)
    {
        await Task.Yield();
        throw Failure(id);
    }

    /// <inheritdoc/>
    public Task<Page<CrmPerson>> ChangedSinceAsync(string? cursor, CancellationToken cancellation) => throw Failure("nobody");

    /// <inheritdoc/>
    public Task<Page<CrmPerson>> SegmentAsync(string segment, string? cursor, CancellationToken cancellation) => throw Failure("nobody");

    /// <inheritdoc/>
    public Task<HealthReport> ProbeAsync(CancellationToken cancellation) => throw Failure("nobody");

    private InvalidOperationException Failure(string whom) =>
        new($"the service refused {whom} with key={apiKey?.Reveal()}", new IOException($"GET /v1?key={Uri.EscapeDataString(apiKey?.Reveal() ?? "")}"));
}

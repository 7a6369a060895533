using CxOrchestrator.Sdk;

namespace Misbehaving;

/// <summary>Says of what it returns nothing.</summary>
public sealed class ReturnsNull : IPlugin<NoSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, NoSettings settings) => new Connector();

    private sealed class Connector : IConnector, ISmsSender, IEmailSender, ICrmReader, IHealthProbe
    {
        // No task at all.
        public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation) => null!;

        // A task with nothing in it.
        public Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation) => Task.FromResult<SendResult>(null!);

        // Nothing found, which is a good answer here.
        public Task<CrmPerson?> FindAsync(string id, CancellationToken cancellation) => Task.FromResult<CrmPerson?>(null);

        public Task<Page<CrmPerson>> ChangedSinceAsync(string? cursor, CancellationToken cancellation) => Task.FromResult<Page<CrmPerson>>(null!);

        public Task<Page<CrmPerson>> SegmentAsync(string segment, string? cursor, CancellationToken cancellation) => null!;

        public Task<HealthReport> ProbeAsync(CancellationToken cancellation) => Task.FromResult<HealthReport>(null!);
    }
}

/// <summary>Makes no connector.</summary>
public sealed class ReturnsNullFromConnect : IPlugin<NoSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, NoSettings settings) => null!;
}

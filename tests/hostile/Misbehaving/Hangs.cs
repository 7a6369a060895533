using CxOrchestrator.Sdk;

namespace Misbehaving;

/// <summary>Blocks its thread forever in every call, and never looks at the cancellation.</summary>
public sealed class Hangs : IPlugin<NoSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, NoSettings settings) => new Connector();

    private sealed class Connector : IConnector, ISmsSender, IHealthProbe
    {
        public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation)
        {
            Forever.Block();
            return Task.FromResult(SendResult.Accepted());
        }

        public Task<HealthReport> ProbeAsync(CancellationToken cancellation)
        {
            Forever.Block();
            return Task.FromResult(new HealthReport(true, ""));
        }
    }
}

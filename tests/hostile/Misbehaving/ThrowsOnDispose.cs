using CxOrchestrator.Sdk;

namespace Misbehaving;

/// <summary>Works, and throws when it is closed.</summary>
public sealed class ThrowsOnDispose : IPlugin<NoSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, NoSettings settings) => new Connector();

    private sealed class Connector : IConnector, ISmsSender
    {
        public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation) => Task.FromResult(SendResult.Accepted("sent"));

        public ValueTask DisposeAsync() => throw new InvalidOperationException("already closed");
    }
}

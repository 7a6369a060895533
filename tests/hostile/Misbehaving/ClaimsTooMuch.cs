using CxOrchestrator.Sdk;

namespace Misbehaving;

/// <summary>Its manifest claims more than this connector can do.</summary>
public sealed class ClaimsTooMuch : IPlugin<NoSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, NoSettings settings) => new Connector();

    private sealed class Connector : IConnector, ISmsSender
    {
        public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation) => Task.FromResult(SendResult.Accepted("sent"));
    }
}

/// <summary>Is no plugin at all.</summary>
public sealed class NotAPlugin
{
}

/// <summary>Can't be made without an argument.</summary>
public sealed class NeedsAnArgument(string argument) : IPlugin<NoSettings>
{
    /// <inheritdoc/>
    public IConnector Connect(ConnectionContext context, NoSettings settings) => throw new NotSupportedException(argument);
}

using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>
/// Stands in for all connections: the same names and capabilities, and behind each of them nothing but a list. A message is written down and accepted, a
/// ticket gets a number, a segment is read from what was given, and nothing is asked of anybody. Safe to share between threads.
/// </summary>
public sealed class SimulatedConnections(SimulatedConnectionSet connections, SegmentMembers segments) : IConnections
{
    // What a simulation can answer for. Nobody is asked for events, people or tickets, and no CRM is written to: what is owed to it stays in the copy.
    private static readonly HashSet<Capability> StoodInFor =
        [Capability.EmailSender, Capability.SmsSender, Capability.TicketWriter, Capability.CrmReader];

    private readonly Lock _gate = new();
    private readonly RecordingConnector _connector = new(segments);
    private List<SentKey> _sent = [];

    /// <inheritdoc/>
    public IReadOnlyList<ConnectionStatus> Connections { get; } = [.. connections.Connections.Select(Status)];

    /// <inheritdoc/>
    public IReadOnlyList<PluginStatus> Plugins => [];

    /// <inheritdoc/>
    public ConnectionStatus? For(Capability capability)
    {
        if (!StoodInFor.Contains(capability))
            return null;
        return connections.Use.GetValueOrDefault(capability) is { } named
            ? Connections.FirstOrDefault(one => string.Equals(one.Name, named, StringComparison.OrdinalIgnoreCase) && one.Capabilities.Contains(capability))
            : Connections.FirstOrDefault(one => one.Capabilities.Contains(capability));
    }

    /// <inheritdoc/>
    public bool Accepts(string connection) => true;

    /// <inheritdoc/>
    public async Task<CallResult<T>> CallAsync<TCapability, T>(
        string connection, CallKind kind, Func<TCapability, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where TCapability : class
    {
        if (_connector is not TCapability connector)
            return new CallResult<T>.NotCalled($"a simulation asks nobody for {typeof(TCapability).Name}", TimeSpan.FromDays(1));
        if (kind == CallKind.Send)
            connector = (TCapability)(object)new Recorder(this, connection);
        return new CallResult<T>.Answered(await call(connector, cancellation));
    }

    /// <summary>What was sent since it was last asked, in no order.</summary>
    public IReadOnlyList<SentKey> TakeSent()
    {
        lock (_gate)
        {
            var sent = _sent;
            _sent = [];
            return sent;
        }
    }

    private SendResult Sent(string key, string connection)
    {
        lock (_gate)
            _sent.Add(new SentKey(Guid.ParseExact(key, "N"), connection));
        return SendResult.Accepted($"simulated-{key}");
    }

    private static ConnectionStatus Status(SimulatedConnection one) =>
        new(one.Name, one.PluginId, [.. one.Capabilities.Where(StoodInFor.Contains)], new StateReport(ConnectionState.Ready, "", DateTimeOffset.UnixEpoch, ""));

    private sealed class Recorder(SimulatedConnections all, string connection) : IEmailSender, ISmsSender
    {
        public bool HonoursKey => true;

        public Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation) => Task.FromResult(all.Sent(message.Key, connection));

        public Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation) => Task.FromResult(all.Sent(message.Key, connection));
    }
}

/// <summary>A message that a connection took.</summary>
/// <param name="Delivery">The ledger row.</param>
/// <param name="Connection">The connection.</param>
public sealed record SentKey(Guid Delivery, string Connection);

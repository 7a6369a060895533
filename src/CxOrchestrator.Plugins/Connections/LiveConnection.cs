using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Health;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>A connector that can be called: one version's, for one connection.</summary>
/// <param name="name">The connection's name.</param>
/// <param name="capabilities">What it offers: what its plugin claims, or a part of it; its connector implements all of that.</param>
/// <param name="connector">The plugin's own object; called through the guard only.</param>
/// <param name="guard">Its guard.</param>
/// <param name="health">What is known of how it works.</param>
internal sealed class LiveConnection(
    string name, IReadOnlyList<Capability> capabilities, IConnector connector, CallGuard guard, ConnectionHealth health)
{
    /// <summary>The connection's name.</summary>
    public string Name => name;

    /// <summary>What it offers.</summary>
    public IReadOnlyList<Capability> Capabilities => capabilities;

    /// <summary>The plugin's own object.</summary>
    public IConnector Connector => connector;

    /// <summary>Its guard.</summary>
    public CallGuard Guard => guard;

    /// <summary>What is known of how it works.</summary>
    public ConnectionHealth Health => health;

    /// <summary>The calls that are in it.</summary>
    public CallGate Gate { get; } = new();

    /// <summary>True where it does the work of this interface.</summary>
    public bool Can(Type capability) =>
        capability.IsInstanceOfType(connector) && capabilities.Any(one => Sdk.Capabilities.InterfaceOf(one) == capability);

    /// <summary>Calls it under its guard; null where it was taken out of use a moment ago.</summary>
    public async Task<CallResult<T>?> TryCallAsync<TCapability, T>(
        CallKind kind, Func<TCapability, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where TCapability : class
    {
        if (!Gate.Enter())
            return null;
        try
        {
            return await guard.CallAsync(kind, token => call((TCapability)(object)connector, token), cancellation);
        }
        finally
        {
            Gate.Leave();
        }
    }
}

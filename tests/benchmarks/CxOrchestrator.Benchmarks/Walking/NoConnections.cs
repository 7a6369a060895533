using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>An installation that is connected to nothing: what it owes to others stays owed.</summary>
internal sealed class NoConnections : IConnections
{
    /// <inheritdoc/>
    public IReadOnlyList<ConnectionStatus> Connections => [];

    /// <inheritdoc/>
    public IReadOnlyList<PluginStatus> Plugins => [];

    /// <inheritdoc/>
    public ConnectionStatus? For(Capability capability) => null;

    /// <inheritdoc/>
    public bool Accepts(string connection) => false;

    /// <inheritdoc/>
    public Task<CallResult<T>> CallAsync<TCapability, T>(
        string connection, CallKind kind, Func<TCapability, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where TCapability : class =>
        Task.FromResult<CallResult<T>>(new CallResult<T>.NotCalled("there is no connection", TimeSpan.FromMinutes(1)));
}

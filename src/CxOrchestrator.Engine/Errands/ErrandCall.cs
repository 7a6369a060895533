using CxOrchestrator.Core.Connections;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Errands;

/// <summary>Calls the connection of an errand under the guard, at the connection's pace.</summary>
internal sealed class ErrandCall(IConnections connections, Pace pace)
{
    /// <summary>False where the connection is known not to do such work at all.</summary>
    public bool MayDo(string connection, Capability capability) =>
        connections.Connections.FirstOrDefault(one => one.Name == connection) is not { Capabilities.Count: > 0 } known || known.Capabilities.Contains(capability);

    /// <summary>The answer, or what to make of there being none.</summary>
    public async Task<(T? Value, ErrandOutcome? Instead)> CallAsync<TCapability, T>(
        string connection, Capability capability, CallKind kind, Func<TCapability, CancellationToken, Task<T>> call)
        where TCapability : class
    {
        if (connections.Connections.FirstOrDefault(one => one.Name == connection) is not { } known)
            return (default, new ErrandOutcome.Again($"there is no connection {connection} any more", null, Tried: true));
        if (known.Capabilities.Count > 0 && !known.Capabilities.Contains(capability))
            return (default, new ErrandOutcome.Dead($"{connection} is no {capability}"));
        if (!pace.Allows(connection))
            return (default, new ErrandOutcome.Again($"{connection} has just failed and is left alone for a moment", null, Tried: false));
        switch (await connections.CallAsync(connection, kind, call, CancellationToken.None))
        {
            case CallResult<T>.Answered answered:
                pace.Worked(connection);
                return (answered.Value, null);
            case CallResult<T>.NotCalled not:
                pace.Failed(connection, not.RetryAfter);
                return (default, new ErrandOutcome.Again(not.Reason, null, Tried: false));
            case CallResult<T>.Failed failed:
                pace.Failed(connection);
                return (default, new ErrandOutcome.Again(failed.Reason, null, Tried: true));
            default:
                return (default, new ErrandOutcome.Again("the guard gave no answer", null, Tried: true));
        }
    }
}

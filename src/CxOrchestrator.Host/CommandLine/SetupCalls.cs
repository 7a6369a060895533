using CxOrchestrator.Core.Connections;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>Calls <see cref="ISetup"/> of one connection under the guard, and says in words why it can't be.</summary>
internal sealed class SetupCalls(IConnections connections, string connection)
{
    /// <summary>The connection's name.</summary>
    public string Connection => connection;

    /// <summary>All items.</summary>
    /// <exception cref="UserException">There is no such connection, it knows no setup, or it can't be asked.</exception>
    public Task<IReadOnlyList<SetupItem>> InspectAsync(CancellationToken cancellation) =>
        CallAsync(CallKind.Read, (setup, token) => setup.InspectAsync(token), cancellation);

    /// <summary>The description, or null where there is none.</summary>
    /// <exception cref="UserException">It can't be asked.</exception>
    public Task<SetupFile?> DescribeAsync(CancellationToken cancellation) =>
        CallAsync(CallKind.Read, (setup, token) => setup.DescribeAsync(token), cancellation);

    /// <summary>Makes an item; null where it is made, else why not.</summary>
    public async Task<string?> CreateAsync(string item, CancellationToken cancellation)
    {
        var result = await connections.CallAsync<ISetup, WriteResult>(connection, CallKind.Write, (setup, token) => setup.CreateAsync(item, token), cancellation);
        return result switch
        {
            CallResult<WriteResult>.Answered { Value: Written } => null,
            CallResult<WriteResult>.Answered { Value: WriteRefused refused } => $"{refused.Code} {refused.Text}",
            CallResult<WriteResult>.Answered { Value: WriteRetry retry } => $"{retry.Text} (try again later)",
            _ => WhyNot(result),
        };
    }

    private async Task<T> CallAsync<T>(CallKind kind, Func<ISetup, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        var known = connections.Connections.FirstOrDefault(one => one.Name == connection)
            ?? throw new UserException($"There is no connection {connection}. The settings have: {string.Join(", ", connections.Connections.Select(one => one.Name))}.");
        if (known.Report.State is ConnectionState.Ready or ConnectionState.Degraded && !known.Capabilities.Contains(Capability.Setup))
            throw new UserException($"{connection} ({known.PluginId}) needs nothing to be set up on the service's side, or its plugin doesn't know what.");
        return await connections.CallAsync(connection, kind, call, cancellation) switch
        {
            CallResult<T>.Answered answered => answered.Value,
            var not => throw new UserException($"{connection} can't be asked: {WhyNot(not)}"),
        };
    }

    private static string WhyNot<T>(CallResult<T> result) => result switch
    {
        CallResult<T>.NotCalled not => not.Reason,
        CallResult<T>.Failed failed => failed.Reason,
        _ => "it gave no result",
    };
}

using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.Spelling;
using CxOrchestrator.Plugins.Upgrades;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>The only way to a connector: finds the connection, calls it through its guard, and takes secrets out of what it answers.</summary>
internal sealed class GuardedConnections(ConnectionSet connections, PluginSet plugins, AnswerMask answers, Func<Capability, string?> use) : IConnections
{
    // What has to be put right by a person is not worth asking for often.
    private static readonly TimeSpan UntilSomebodyActs = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public IReadOnlyList<ConnectionStatus> Connections => [.. connections.Slots.Select(connections.Status)];

    /// <inheritdoc/>
    public IReadOnlyList<PluginStatus> Plugins => plugins.Statuses;

    /// <inheritdoc/>
    public ConnectionStatus? For(Capability capability)
    {
        // One that is named for the work does it or nobody does: falling back in silence could write to the wrong system.
        if (use(capability) is { } named)
            return connections.Find(named) is { } slot && slot.Claims.Contains(capability) ? connections.Status(slot) : null;
        return connections.Slots
            .Where(slot => slot.Live?.Capabilities.Contains(capability) == true)
            .Select(connections.Status)
            .FirstOrDefault();
    }

    /// <inheritdoc/>
    public bool Accepts(string connection) =>
        connections.Find(connection)?.Live is { } live && live.Guard.Breaker.Refusal() is null && !live.Guard.Exhausted;

    /// <inheritdoc/>
    public async Task<CallResult<T>> CallAsync<TCapability, T>(
        string connection, CallKind kind, Func<TCapability, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where TCapability : class
    {
        while (true)
        {
            if (connections.Find(connection) is not { } slot)
                return NotCalled<T>($"there is no connection \"{connection}\"; {NearestName.Hint(connection, Names())}");
            if (Refused(slot, typeof(TCapability)) is { } reason)
                return NotCalled<T>($"the connection \"{slot.Plan.Name}\" {reason}");

            // Nothing comes where the connector is being replaced; its successor stands in the slot before that begins.
            if (await SharedCall.CallAsync(slot, kind, call, cancellation) is { } result)
                return Told(slot, result);
        }
    }

    private string? Refused(ConnectionSlot slot, Type capability)
    {
        if (slot.Removing)
            return "is being removed";
        if (slot.Live is { } live)
            return live.Can(capability) ? null : $"is no {capability.Name}";
        var report = connections.Status(slot).Report;
        return $"is {report.State}: {report.Reason}";
    }

    private CallResult<T> Told<T>(ConnectionSlot slot, CallResult<T> result) => result switch
    {
        CallResult<T>.NotCalled refused => refused with { Reason = $"the connection \"{slot.Plan.Name}\" was not called: {refused.Reason}" },
        CallResult<T>.Failed failed => failed with { Reason = $"the connection \"{slot.Plan.Name}\" failed: {failed.Reason}" },
        CallResult<T>.Answered answered => Clean(slot, answered),
        _ => result,
    };

    private CallResult<T> Clean<T>(ConnectionSlot slot, CallResult<T>.Answered answered)
    {
        try
        {
            return answered with { Value = answers.Apply(answered.Value) };
        }
        catch (Exception unreadable)
        {
            // Lists in an answer may be the plugin's own code.
            return new CallResult<T>.Failed($"the connection \"{slot.Plan.Name}\" gave an answer that can't be read ({unreadable.GetType().Name})");
        }
    }

    private List<string> Names() => [.. connections.Slots.Select(one => one.Plan.Name)];

    private static CallResult<T>.NotCalled NotCalled<T>(string reason) => new(reason, UntilSomebodyActs);
}

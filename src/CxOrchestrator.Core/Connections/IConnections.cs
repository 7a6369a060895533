using CxOrchestrator.Sdk;

namespace CxOrchestrator.Core.Connections;

/// <summary>The configured connections, and the only way to call them: every call goes through the host's guard.</summary>
public interface IConnections
{
    /// <summary>All connections, in the order of the configuration.</summary>
    IReadOnlyList<ConnectionStatus> Connections { get; }

    /// <summary>All plugins found, in order of id.</summary>
    IReadOnlyList<PluginStatus> Plugins { get; }

    /// <summary>
    /// The connection that does this work: the one named for it in the section <c>Use</c>, else the first with the capability
    /// that is not disabled, misconfigured or incompatible; null where there is none.
    /// </summary>
    ConnectionStatus? For(Capability capability);

    /// <summary>True where a call to this connection would be let through now (ready, breaker closed or due for a trial).</summary>
    bool Accepts(string connection);

    /// <summary>Calls a capability of a connection under the guard.</summary>
    /// <typeparam name="TCapability">The capability's interface, such as <see cref="IEmailSender"/>.</typeparam>
    /// <typeparam name="T">What the call gives.</typeparam>
    /// <param name="connection">The connection's name.</param>
    /// <param name="kind">Whether the guard may repeat it.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellation">Ends the wait; a call in flight is told too.</param>
    Task<CallResult<T>> CallAsync<TCapability, T>(
        string connection, CallKind kind, Func<TCapability, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where TCapability : class;
}

/// <summary>What the guard may do with a call that failed.</summary>
public enum CallKind
{
    /// <summary>Changes nothing: repeated a few times.</summary>
    Read,

    /// <summary>Reaches a customer: never repeated by the guard.</summary>
    Send,

    /// <summary>Carries an idempotency key: not repeated by the guard, but its caller may repeat it.</summary>
    Write,

    /// <summary>Takes what somebody from outside posts: not repeated, and its failures say nothing about the service, so that nobody can stop a connection from outside.</summary>
    Receive,

    /// <summary>Asks how a connection is while other calls to it are refused; says nothing to the breaker by itself.</summary>
    Probe,
}

/// <summary>What became of a guarded call.</summary>
/// <typeparam name="T">What the call gives.</typeparam>
public abstract record CallResult<T>
{
    private CallResult()
    {
    }

    /// <summary>The connector answered.</summary>
    public sealed record Answered(T Value) : CallResult<T>;

    /// <summary>The connector was certainly not called: breaker open, quarantined, rate used up, no such connection.</summary>
    /// <param name="Reason">Why, for an operator.</param>
    /// <param name="RetryAfter">When to come again, in machine time.</param>
    public sealed record NotCalled(string Reason, TimeSpan RetryAfter) : CallResult<T>;

    /// <summary>The connector was called and threw or ran out of time: what it did is not known.</summary>
    /// <param name="Reason">What happened, for an operator; never with customer data or secrets.</param>
    public sealed record Failed(string Reason) : CallResult<T>;
}

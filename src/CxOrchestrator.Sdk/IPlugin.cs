using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Sdk;

/// <summary>
/// The entry type that <c>plugin.json</c> names: makes one connector for each connection that uses the plugin. It must have a
/// public constructor without parameters. Implement <see cref="IPlugin{TSettings}"/>, which is typed.
/// </summary>
public interface IPlugin
{
    /// <summary>The options class whose properties are the connection's settings.</summary>
    Type SettingsType { get; }

    /// <summary>Makes the connector of one connection. Must not call the outside world: that is what the calls are for.</summary>
    IConnector Connect(ConnectionContext context, object settings);
}

/// <summary>A plugin whose settings are one options class with validation attributes and <see cref="Secret"/> properties.</summary>
/// <typeparam name="TSettings">The options class.</typeparam>
public interface IPlugin<TSettings> : IPlugin
    where TSettings : class, new()
{
    /// <summary>Makes the connector of one connection from settings that are already valid.</summary>
    IConnector Connect(ConnectionContext context, TSettings settings);

    Type IPlugin.SettingsType => typeof(TSettings);

    IConnector IPlugin.Connect(ConnectionContext context, object settings) => Connect(context, (TSettings)settings);
}

/// <summary>
/// One connection to a service. It also implements the capability interfaces of what it can do
/// (<see cref="IEmailSender"/>, <see cref="ICrmReader"/>, ...); its plugin's manifest claims the same ones.
/// Calls may come from several threads at once. Connectors never retry, loop or sleep: the host does.
/// </summary>
public interface IConnector : IAsyncDisposable
{
    /// <summary>
    /// What this connection can do, for plugins whose connections differ: a part of what the manifest claims. Null, the default, is all of it.
    /// </summary>
    IReadOnlyList<Capability>? Offers => null;

    /// <summary>Frees what the connection holds. Default: nothing.</summary>
    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>What the host lends to one connection.</summary>
/// <param name="Connection">The connection's name in the configuration, for example <c>support-mailbox</c>.</param>
/// <param name="DataFolder">A folder of this connection's own, which exists; what is put there stays across restarts.</param>
/// <param name="Time">The clock to use; it may be sped up.</param>
/// <param name="Log">Where to write; secrets and customer data never belong there.</param>
public sealed record ConnectionContext(string Connection, string DataFolder, TimeProvider Time, ILogger Log)
{
    /// <summary>
    /// The public address at which the host takes this connection's webhooks, for example <c>https://cx.example.com/hooks/sms</c>; null where the host
    /// has none. A connector may add a query to it.
    /// </summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>
    /// Tells the host of a secret that a service gave at run time, such as an access token: from then on it is masked wherever secrets are. To be called before
    /// the secret is first sent, since services say back what they were sent. Default: nobody listens.
    /// </summary>
    public Action<Secret> Given { get; init; } = _ => { };
}

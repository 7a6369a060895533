using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Plugins.Health;
using CxOrchestrator.Plugins.Live;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.States;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins;

/// <summary>Registers the plugin host.</summary>
public static class PluginServices
{
    /// <summary>
    /// Adds <see cref="PluginHost"/>, <see cref="IConnections"/> and the <see cref="SecretMask"/>, and the services that probe connections, keep states and take up changes.
    /// Needs <see cref="IPluginStateStore"/> and <see cref="Clocks"/>. Commands that don't start the services call
    /// <see cref="PluginHost.LoadAsync"/> themselves; nothing is written to the store then.
    /// </summary>
    public static IServiceCollection AddPlugins(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SecretMask>();
        services.AddSingleton(provider => new PluginHost(
            configuration,
            provider.GetRequiredService<IPluginStateStore>(),
            provider.GetRequiredService<Clocks>(),
            provider.GetRequiredService<SecretMask>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetService<NodeShare>()));
        services.AddSingleton(provider => provider.GetRequiredService<PluginHost>().Connections);

        // Services stop in the opposite order: what the last probe finds is still kept.
        services.AddHostedService<StateKeeping>();
        services.AddHostedService<LiveChanges>();
        services.AddHostedService<HealthProbing>();
        return services;
    }
}

using System.Runtime.CompilerServices;
using CxOrchestrator.Plugins.Discovery;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Secrets;

namespace CxOrchestrator.Plugins.Installed;

/// <summary>Loads a plugin into a context of its own to see whether it does as its manifest says, and lets go of it again.</summary>
internal static class PluginTrial
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>What speaks against it.</summary>
    public static async Task<IReadOnlyList<string>> CheckAsync(FoundPlugin found, TimeProvider machine, CancellationToken cancellation)
    {
        SpareThreads.Keep(1);
        var (returned, faults) = await new Bounded(Limit, machine).RunAsync(() => Task.FromResult(Check(found)), late: null, cancellation);
        return returned ? faults! : [$"its entry type's constructor did not return within {Limit.TotalSeconds:0} seconds; tell the plugin's author"];
    }

    // In a method of its own, so that no reference outlives it and the context can go.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IReadOnlyList<string> Check(FoundPlugin found)
    {
        var (plugin, fault) = new PluginLoader(new ExceptionText(new SecretMask())).Load(found);
        if (plugin is null)
            return [$"{fault}; tell the plugin's author"];
        try
        {
            return [.. ConnectorClaims.Check(plugin.Entry.GetType(), plugin.Manifest).Select(claim => $"{claim}; tell the plugin's author")];
        }
        finally
        {
            plugin.Context.Unload();
        }
    }
}

using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.Settings;

/// <summary>Tells what the connections of loaded plugins want to know, and judges what is written for it. The options classes are the plugins' code.</summary>
internal sealed class PluginForms(PluginSet plugins, ExceptionText exceptions, ILogger log)
{
    /// <summary>The settings of a plugin's connections; null where no such plugin is loaded or it fails to tell.</summary>
    public IReadOnlyList<SettingDescription>? Describe(string pluginId)
    {
        if (plugins.Find(pluginId)?.Loaded is not { } plugin)
            return null;
        try
        {
            return SettingsForm.Describe(plugin.SettingsType);
        }
        catch (Exception broken)
        {
            log.LogWarning("The settings of the plugin {Id} can't be described: {Reason}", pluginId, exceptions.Of(broken));
            return null;
        }
    }

    /// <summary>What would be wrong with these settings; null where no such plugin is loaded.</summary>
    public IReadOnlyList<string>? Check(string pluginId, IConfiguration settings)
    {
        if (plugins.Find(pluginId)?.Loaded is not { } plugin)
            return null;
        try
        {
            return new SettingsBinder(new UnopenedReferences()).Bind(settings, Activator.CreateInstance(plugin.SettingsType)!, "").Faults;
        }
        catch (Exception broken)
        {
            return [$"the settings of the plugin {pluginId} can't be judged: {exceptions.Of(broken)}"];
        }
    }
}

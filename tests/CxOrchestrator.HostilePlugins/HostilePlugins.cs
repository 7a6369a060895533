using System.Reflection;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.HostilePlugins;

/// <summary>
/// Lays out plugin folders that do all that a plugin may do wrong, beside two that do everything right, and makes the
/// configuration that uses each of them by one connection.
/// </summary>
public static class HostilePlugins
{
    private static readonly string Configuration =
        typeof(HostilePlugins).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostilePlugin> All { get; } =
    [
        .. WellBehavedOnes.All, .. BadManifests.All, .. BadFiles.All, .. BadEntries.All, .. BadConnectors.All,
    ];

    /// <summary>The plugin in the folder of this name.</summary>
    public static HostilePlugin Named(string folder) => All.Single(plugin => plugin.Folder == folder);

    /// <summary>Puts plugins (all, where none is named) into a folder that is made where it doesn't exist.</summary>
    public static async Task LayOutAsync(string folder, params string[] names)
    {
        foreach (var plugin in All.Where(plugin => names.Length == 0 || names.Contains(plugin.Folder)))
        {
            var home = Directory.CreateDirectory(Path.Combine(folder, plugin.Folder)).FullName;
            if (plugin.Build is not null)
                Copy(OutputOf(plugin.Build), home, plugin.LeftOut);
            await File.WriteAllTextAsync(Path.Combine(home, "plugin.json"), plugin.Manifest);
            plugin.Finish?.Invoke(home);
        }
    }

    /// <summary>The configuration of one connection to each of them (all, where none is named), called like its folder.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Connections(params string[] names)
    {
        var plugins = All.Where(plugin => names.Length == 0 || names.Contains(plugin.Folder)).ToList();
        for (var place = 0; place < plugins.Count; place++)
        {
            yield return new($"Connections:{place}:Name", plugins[place].Folder);
            yield return new($"Connections:{place}:Plugin", plugins[place].Id);
        }
    }

    /// <summary>The folder that a project under <c>tests/hostile</c> was built into.</summary>
    public static string OutputOf(string project) => Repository.PathOf("tests", "hostile", project, "bin", Configuration, "net10.0");

    private static void Copy(string from, string to, IReadOnlyList<string> leftOut)
    {
        foreach (var file in Directory.EnumerateFiles(from).Where(file => !leftOut.Contains(Path.GetFileName(file))))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}

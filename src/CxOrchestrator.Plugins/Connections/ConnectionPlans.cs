using CxOrchestrator.Plugins.Spelling;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>Reads the section <c>Connections</c> strictly.</summary>
internal static class ConnectionPlans
{
    private const int MaxNameLength = 60;

    private static readonly string[] Keys = ["Name", "Plugin", "Enabled", "Settings", "Guard"];

    /// <summary>All entries in the order of the configuration.</summary>
    public static IReadOnlyList<ConnectionPlan> Read(IConfiguration configuration) =>
        [.. configuration.GetSection("Connections").GetChildren().Select(Plan)];

    /// <summary>Those of the configuration and those that have files, together; where several share a name, all are at fault.</summary>
    public static IReadOnlyList<ConnectionPlan> Told(IReadOnlyList<ConnectionPlan> configured, IReadOnlyList<ConnectionPlan> files)
    {
        var plans = configured.Concat(files).ToList();
        var shared = plans
            .GroupBy(plan => plan.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. plans.Select(plan => shared.Contains(plan.Name)
                ? plan with { Faults = [.. plan.Faults, $"more than one connection is called \"{plan.Name}\": each needs a name of its own"] }
                : plan),
        ];
    }

    /// <summary>One entry.</summary>
    public static ConnectionPlan Plan(IConfigurationSection entry)
    {
        var faults = new List<string>();
        foreach (var key in entry.GetChildren().Select(child => child.Key).Where(key => !Keys.Contains(key, StringComparer.OrdinalIgnoreCase)))
            faults.Add($"{entry.Path}: unknown key {key}; {NearestName.Hint(key, Keys)}");

        var name = entry["Name"] ?? "";
        if (!IsName(name))
        {
            faults.Add(name.Length == 0
                ? $"{entry.Path}: Name is missing"
                : $"{entry.Path}: Name is \"{name}\", and must be up to {MaxNameLength} letters, digits, spaces, dots, dashes and "
                    + "underscores, beginning and ending with a letter or digit");
        }

        var plugin = entry["Plugin"] ?? "";
        if (plugin.Length == 0)
            faults.Add($"{entry.Path}: Plugin is missing: the id of the plugin that it uses");
        var written = entry["Enabled"] is { Length: > 0 } given ? given : "true";
        if (!bool.TryParse(written, out var enabled))
            faults.Add($"{entry.Path}: Enabled is \"{written}\", and must be true or false");
        return new ConnectionPlan(
            name.Length == 0 ? entry.Path : name, plugin, enabled, entry.GetSection("Settings"), entry.GetSection("Guard"), faults)
        {
            Wording = string.Join('\n', entry.AsEnumerable(makePathsRelative: true)
                .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
                .Select(pair => $"{pair.Key}={pair.Value}")),
        };
    }

    // The name is also the name of the connection's folder.
    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength
        && char.IsLetterOrDigit(name[0])
        && char.IsLetterOrDigit(name[^1])
        && name.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '.' or '-' or '_');
}

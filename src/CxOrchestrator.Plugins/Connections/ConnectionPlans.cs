using CxOrchestrator.Plugins.Spelling;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>Reads the section <c>Connections</c> strictly.</summary>
internal static class ConnectionPlans
{
    private const int MaxNameLength = 60;

    /// <summary>What a name must be.</summary>
    public static string NameRule { get; } =
        $"up to {MaxNameLength} letters, digits, spaces, dots, dashes and underscores, beginning and ending with a letter or digit";

    private static readonly string[] Keys = ["Name", "Plugin", "Enabled", "Settings", "Guard"];

    /// <summary>All entries in the order of the configuration; entries that share a name are all at fault.</summary>
    public static IReadOnlyList<ConnectionPlan> Read(IConfiguration configuration)
    {
        var plans = configuration.GetSection("Connections").GetChildren().Select(entry => Plan(entry, entry.Path)).ToList();
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
    /// <param name="entry">The entry.</param>
    /// <param name="place">Where it stands, for faults.</param>
    public static ConnectionPlan Plan(IConfigurationSection entry, string place)
    {
        var faults = new List<string>();
        foreach (var key in entry.GetChildren().Select(child => child.Key).Where(key => !Keys.Contains(key, StringComparer.OrdinalIgnoreCase)))
            faults.Add($"{place}: unknown key {key}; {NearestName.Hint(key, Keys)}");

        var name = entry["Name"] ?? "";
        if (!IsName(name))
        {
            faults.Add(name.Length == 0
                ? $"{place}: Name is missing"
                : $"{place}: Name is \"{name}\", and must be {NameRule}");
        }

        var plugin = entry["Plugin"] ?? "";
        if (plugin.Length == 0)
            faults.Add($"{place}: Plugin is missing: the id of the plugin that it uses");
        var written = entry["Enabled"] is { Length: > 0 } given ? given : "true";
        if (!bool.TryParse(written, out var enabled))
            faults.Add($"{place}: Enabled is \"{written}\", and must be true or false");
        return new ConnectionPlan(
            name.Length == 0 ? place : name, plugin, enabled, entry.GetSection("Settings"), entry.GetSection("Guard"), faults)
        {
            Place = place,
        };
    }

    /// <summary>True for what may be a name, which is also the name of the connection's folder.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength
        && char.IsLetterOrDigit(name[0])
        && char.IsLetterOrDigit(name[^1])
        && name.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '.' or '-' or '_');
}

using CxOrchestrator.Plugins.Connections;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Settings;

/// <summary>One file in the folder <c>connections.d</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Plan">The connection in it; where the file only switches another one, its name and whether it is on.</param>
/// <param name="IsSwitch">True where it has no settings of its own: it switches a connection of the settings file on or off.</param>
internal sealed record ConnectionFile(string Path, ConnectionPlan Plan, bool IsSwitch)
{
    // A page of settings; what is larger is something else.
    private const long MaxBytes = 1024 * 1024;

    /// <summary>Reads a file; what is wrong with it stands in its plan.</summary>
    public static ConnectionFile Read(string path)
    {
        var expected = System.IO.Path.GetFileNameWithoutExtension(path);
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                return Unreadable($"{path} has more than {MaxBytes} bytes, and is not read");
            using var stream = File.OpenRead(path);
            var entry = Below("Connection", new ConfigurationBuilder().AddJsonStream(stream).Build());
            var isSwitch = entry.GetChildren().All(child => IsOneOf(child.Key, "Name", "Enabled"));
            // A switch has no plugin, and needs none.
            var plan = ConnectionPlans.Plan(isSwitch ? Below("Connection", WithPlugin(entry)) : entry, path);
            return string.Equals(plan.Name, expected, StringComparison.OrdinalIgnoreCase)
                ? new ConnectionFile(path, plan, isSwitch)
                : Unreadable($"{path}: Name is \"{entry["Name"]}\", and must be \"{expected}\" like the file's");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Unreadable($"{path} can't be read: {unreadable.Message}");
        }
        catch (Exception malformed) when (malformed is FormatException or InvalidDataException or System.Text.Json.JsonException)
        {
            return Unreadable($"{path} is not a JSON object that can be read: {malformed.InnerException?.Message ?? malformed.Message}");
        }

        ConnectionFile Unreadable(string fault)
        {
            var empty = Below("Connection", new ConfigurationBuilder().Build());
            return new ConnectionFile(path, new ConnectionPlan(expected, "", true, empty, empty, [fault]) { Place = path }, IsSwitch: false);
        }
    }

    private static bool IsOneOf(string key, params string[] keys) => keys.Contains(key, StringComparer.OrdinalIgnoreCase);

    private static IConfiguration WithPlugin(IConfigurationSection entry) => new ConfigurationBuilder()
        .AddInMemoryCollection(entry.AsEnumerable(makePathsRelative: true).Where(pair => pair.Key.Length > 0).Append(new("Plugin", "none")))
        .Build();

    // A plan's parts are sections, and the root of a file is none.
    private static IConfigurationSection Below(string name, IConfiguration root) => new ConfigurationBuilder()
        .AddInMemoryCollection(root.AsEnumerable().Select(pair => new KeyValuePair<string, string?>($"{name}:{pair.Key}", pair.Value)))
        .Build()
        .GetSection(name);
}

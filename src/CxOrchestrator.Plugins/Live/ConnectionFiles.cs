using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Plugins.Connections;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Live;

/// <summary>
/// Connections that were added while the service runs: <c>connections.d</c> in the data folder, one file <c>NAME.json</c> each,
/// with the same keys as an entry of the section <c>Connections</c>.
/// </summary>
internal sealed class ConnectionFiles(string dataFolder)
{
    /// <summary>The folder in the data folder.</summary>
    public const string FolderName = "connections.d";

    private readonly string _folder = Path.Combine(dataFolder, FolderName);

    /// <summary>All of them, in order of their files' names; a file that can't be read is a connection at fault.</summary>
    public IReadOnlyList<ConnectionPlan> Read() => [.. Files().Select(Read)];

    /// <summary>A text that is another as soon as one of them is.</summary>
    public string Mark() => string.Concat(Files().Select(file => $"\n{file}\n{File.ReadAllText(file)}"));

    // What begins with a dot is being written.
    private IReadOnlyList<string> Files() => Directory.Exists(_folder)
        ? [.. Directory.EnumerateFiles(_folder, "*.json").Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)]
        : [];

    private static ConnectionPlan Read(string file)
    {
        var section = $"{FolderName}/{Path.GetFileName(file)}";
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var faults = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                Flatten(document.RootElement, section, values);
            else
                faults.Add($"{section}: must be one JSON object");
        }
        catch (JsonException malformed)
        {
            faults.Add($"{section}, line {malformed.LineNumber + 1}: not valid JSON");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{section} can't be read: {unreadable.Message}");
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var plan = ConnectionPlans.Plan(configuration.GetSection(section));
        return faults.Count == 0 ? plan : plan with { Name = Path.GetFileNameWithoutExtension(file), Faults = faults };
    }

    private static void Flatten(JsonElement element, string path, Dictionary<string, string?> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Flatten(property.Value, ConfigurationPath.Combine(path, property.Name), values);
                break;
            case JsonValueKind.Array:
                foreach (var (place, item) in element.EnumerateArray().Index())
                    Flatten(item, ConfigurationPath.Combine(path, place.ToString(CultureInfo.InvariantCulture)), values);
                break;
            case JsonValueKind.Null:
                values[path] = null;
                break;
            default:
                values[path] = element.ToString();
                break;
        }
    }
}

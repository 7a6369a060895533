using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.Connections;

namespace CxOrchestrator.Plugins.Settings;

/// <summary>Writes the files of <c>connections.d</c>, each as a whole: a process that is killed leaves the old file or the new one.</summary>
public sealed class ConnectionFolder(string dataFolder)
{
    private static readonly JsonSerializerOptions ForPeople = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _folder = ConnectionFiles.FolderOf(Path.GetFullPath(dataFolder));

    /// <summary>What is wrong with a name for a connection; null where nothing is.</summary>
    public static string? NameFault(string name) =>
        ConnectionPlans.IsName(name) ? null : $"the name is \"{name}\", and must be {ConnectionPlans.NameRule}";

    /// <summary>The file of a connection.</summary>
    public string FileOf(string name) => Path.Combine(_folder, $"{name}.json");

    /// <summary>Writes a connection; settings are given by the names that forms show, such as <c>Proxy:Port</c>.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Add(string name, string pluginId, IEnumerable<KeyValuePair<string, string?>> settings) => Write(name, new JsonObject
    {
        ["Name"] = name,
        ["Plugin"] = pluginId,
        ["Enabled"] = true,
        ["Settings"] = Tree(settings),
    });

    /// <summary>Switches a connection that has a file of its own.</summary>
    /// <exception cref="InvalidDataException">The file can't be understood.</exception>
    public void Switch(string name, bool enabled)
    {
        JsonObject? content;
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            content = JsonNode.Parse(File.ReadAllText(FileOf(name)), new JsonNodeOptions { PropertyNameCaseInsensitive = true }, options) as JsonObject;
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"{FileOf(name)}: {malformed.Message}", malformed);
        }

        if (content is null)
            throw new InvalidDataException($"{FileOf(name)} is no JSON object.");
        content["Enabled"] = enabled;
        Write(name, content);
    }

    /// <summary>Switches a connection of the settings file, which stays as it is; null undoes that.</summary>
    public void Override(string name, bool? enabled)
    {
        if (enabled is { } to)
            Write(name, new JsonObject { ["Name"] = name, ["Enabled"] = to });
        else
            File.Delete(FileOf(name));
    }

    private static JsonObject Tree(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var root = new JsonObject();
        foreach (var (name, value) in settings)
        {
            var parts = name.Split(':');
            var at = root;
            foreach (var part in parts[..^1])
                at = (JsonObject)(at[part] ??= new JsonObject());
            at[parts[^1]] = value;
        }

        return root;
    }

    private void Write(string name, JsonObject content)
    {
        Directory.CreateDirectory(_folder);
        // No file that is read: its name does not end in .json.
        var fresh = Path.Combine(_folder, $".{name}.{Path.GetRandomFileName()}.new");
        using (var stream = new FileStream(fresh, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(content, ForPeople));
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, FileOf(name), overwrite: true);
    }
}

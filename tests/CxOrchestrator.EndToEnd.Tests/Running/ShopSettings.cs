using System.Globalization;
using System.Text.Json.Nodes;

namespace CxOrchestrator.EndToEnd.Tests.Running;

/// <summary>Changes to a shop's settings file, as its operator would make them; they hold from the next start on.</summary>
internal static class ShopSettings
{
    /// <summary>The file as it stands.</summary>
    public static JsonObject Settings(this Shop shop) => JsonNode.Parse(File.ReadAllText(Path.Combine(shop.Folder, "appsettings.json")))!.AsObject();

    /// <summary>Changes the file.</summary>
    public static void Change(this Shop shop, Action<JsonObject> change)
    {
        var file = Path.Combine(shop.Folder, "appsettings.json");
        var settings = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        change(settings);
        File.WriteAllText(file, settings.ToJsonString());
    }

    /// <summary>Sets customers' time, which runs at its own pace from there.</summary>
    public static void SetClock(this Shop shop, DateTimeOffset now) => shop.Change(settings => settings["Clock"] = new JsonObject
    {
        ["Speed"] = 1,
        ["Start"] = now.ToString("O", CultureInfo.InvariantCulture),
        ["Anchor"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
    });

    /// <summary>Lets these sources post events.</summary>
    public static void AddSources(this Shop shop, params EventSource[] sources) => shop.Change(settings => settings["Events"]!["Sources"] =
        new JsonArray([.. sources.Select(source => (JsonNode)new JsonObject { ["Name"] = source.Name, ["Key"] = source.Reference })]));
}

using System.Globalization;
using System.Text.Json;

namespace CxOrchestrator.NodeRig.Nodes;

/// <summary>The files in a node's folder: settings, which differ by what no two nodes can share, and content.</summary>
internal static class FleetFiles
{
    public static void Write(string folder, Fleet fleet, int node)
    {
        Directory.CreateDirectory(folder);
        // One key for all: a link in a mail of one node is opened at another.
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        File.WriteAllBytes(Path.Combine(folder, "data", "links.key"), fleet.LinkKey);
        File.WriteAllText(Path.Combine(folder, "appsettings.json"), JsonSerializer.Serialize(Settings(fleet, node)));
        foreach (var (path, text) in fleet.Options.Content)
        {
            var file = Path.Combine(folder, "content", path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    private static Dictionary<string, object> Settings(Fleet fleet, int node)
    {
        var options = fleet.Options;
        var settings = new Dictionary<string, object>
        {
            ["Data"] = new { Folder = "data" },
            ["Node"] = new { Name = $"node-{(node + 1).ToString(CultureInfo.InvariantCulture)}" },
            ["Content"] = new { Folder = "content" },
            ["Web"] = new { Listen = fleet.Urls[node].AbsoluteUri },
            ["Clock"] = new { options.Speed, Start = Text(fleet.Began), Anchor = Text(fleet.Began) },
            ["Events"] = new { TriggerWithin = "any", Sources = new[] { new { Name = "shop", Key = "env:CXO_RIG_EVENTS" } } },
            ["Crm"] = new { Sync = false },
            // No quiet hours: they would hold up what is due at night, and a run may be at any time.
            ["Sending"] = new { FromAddress = "hello@shop.example", QuietFrom = "", QuietTo = "", ExpiresAfter = "never", Concurrency = 2 * options.Connections },
            ["Connections"] = new object[] { new { Name = "sandbox", Plugin = "sandbox", Settings = new { } }, Mail(options, node) },
            ["Use"] = new { EmailSender = "mail" },
        };
        if (options.Database is not null)
            settings["Storage"] = new { Kind = "postgres", Connection = "env:CXO_RIG_DATABASE" };
        return settings;
    }

    private static object Mail(FleetOptions options, int node) => new
    {
        Name = "mail",
        Plugin = "email.smtp",
        Settings = new
        {
            Host = "127.0.0.1",
            Port = options.MailPort,
            Security = "None",
            FromAddress = "hello@shop.example",
            // By this the mail server knows whose connections are open.
            HeloName = Fleet.GreetingOf(node),
            options.Connections,
            MessagesPerConnection = 10_000,
        },
        Guard = new { Concurrency = 2 * options.Connections },
    };

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}

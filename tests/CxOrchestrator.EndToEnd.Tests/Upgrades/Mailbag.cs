using System.Text.Json;

namespace CxOrchestrator.EndToEnd.Tests.Upgrades;

/// <summary>A small mail plugin in two versions, and the files in which each says what it was given and what has left.</summary>
internal sealed class Mailbag
{
    public const string Id = "mailer";

    private readonly string _folder;

    /// <summary>Lays out both versions as their author would hand them over.</summary>
    public Mailbag(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(Files);
        LayOut("1.0.0", "Mailer");
        LayOut("2.0.0", "Mailer.Faulty");
    }

    /// <summary>Where the files are written.</summary>
    public string Files => Path.Combine(_folder, "mailbag");

    /// <summary>The folder of a version to install from.</summary>
    public string PackageOf(string version) => Path.Combine(_folder, $"mailer-{version}");

    /// <summary>The keys of messages that a version was given.</summary>
    public IReadOnlyList<string> CalledBy(string version) => Lines($"called-{version}.txt");

    /// <summary>The keys of messages that have left.</summary>
    public IReadOnlyList<string> Sent => [.. Lines("sent-1.0.0.txt"), .. Lines("sent-2.0.0.txt")];

    private string[] Lines(string file)
    {
        var path = Path.Combine(Files, file);
        if (!File.Exists(path))
            return [];
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        // The last line may be half written.
        return reader.ReadToEnd().Split('\n')[..^1];
    }

    private void LayOut(string version, string build)
    {
        var package = Directory.CreateDirectory(PackageOf(version)).FullName;
        File.Copy(Path.Combine(HostilePlugins.HostilePlugins.OutputOf(build), "Mailer.dll"), Path.Combine(package, "Mailer.dll"));
        File.WriteAllText(Path.Combine(package, "plugin.json"), JsonSerializer.Serialize(new
        {
            id = Id,
            name = "Mailer",
            version,
            sdk = "[0.1,1.0)",
            assembly = "Mailer.dll",
            entryType = "Mailer.MailerPlugin",
            capabilities = new[] { "EmailSender" },
            assemblies = new[] { "Mailer.dll" },
        }));
    }
}

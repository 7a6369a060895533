using System.Text.Json;
using CxOrchestrator.Plugins.Installed;

namespace CxOrchestrator.Plugins.Tests;

/// <summary>
/// Installs versions of the well-behaved plugin for a host, as the command line does: files in a folder of their own, then a line
/// in the book. Version 1 says "words 1.0.0" in its receipts, version 2 "words 2.0.0".
/// </summary>
internal sealed class AnInstallation(AHost host)
{
    public const string Id = "texter";

    public InstalledBook Book { get; } = new(host.DataFolder, host.Time);

    public InstalledPlugin Plugin => Book.Read().Plugins[Id];

    /// <summary>Installs the first version, as the active one.</summary>
    public async Task<AnInstallation> WithFirstAsync()
    {
        var about = await UnpackAsync("1.0.0", "WellBehaved");
        await Book.ChangeAsync(state => state.With(Id, new InstalledPlugin
        {
            Active = "1.0.0", Candidate = null, Previous = null, Rollbacks = [], Versions = new Dictionary<string, InstalledVersion> { ["1.0.0"] = about },
        }));
        return this;
    }

    /// <summary>Puts a second version on trial.</summary>
    public async Task UpgradeAsync(string version = "2.0.0", string build = "WellBehaved.Newer", double share = 0.1, string? entryType = null, params string[] capabilities)
    {
        var about = await UnpackAsync(version, build, entryType, capabilities);
        await Book.ChangeAsync(state => state.With(
            Id,
            state.Plugins[Id].With(version, about) with { Candidate = new CandidateVersion(version, share, host.Time.GetUtcNow()) }));
    }

    public Task ChangeAsync(Func<InstalledPlugin, InstalledPlugin> change) =>
        Book.ChangeAsync(state => state.With(Id, change(state.Plugins[Id])));

    public Task RemoveAsync() => Book.ChangeAsync(state => state.Without(Id));

    private async Task<InstalledVersion> UnpackAsync(string version, string build, string? entryType = null, params string[] capabilities)
    {
        var folder = Directory.CreateDirectory(Book.FolderOf(Id, version)).FullName;
        foreach (var file in Directory.EnumerateFiles(HostilePlugins.HostilePlugins.OutputOf(build), "*.dll"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        var assemblies = build == "Misbehaving" ? new[] { "Misbehaving.dll" } : ["WellBehaved.dll", "PrivateWords.dll"];
        await File.WriteAllTextAsync(Path.Combine(folder, "plugin.json"), JsonSerializer.Serialize(new
        {
            id = Id,
            name = "Texter",
            version,
            sdk = "[0.1,1.0)",
            assembly = assemblies[0],
            entryType = entryType ?? "WellBehaved.WellBehavedPlugin",
            capabilities = capabilities.Length > 0 ? capabilities : ["SmsSender", "HealthProbe"],
            assemblies,
        }));
        return new InstalledVersion(FolderHash.Of(folder), "a test", host.Time.GetUtcNow(), "none");
    }
}

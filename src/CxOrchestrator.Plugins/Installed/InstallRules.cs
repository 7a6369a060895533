using CxOrchestrator.Plugins.Discovery;
using CxOrchestrator.Sdk;
using NuGet.Versioning;

namespace CxOrchestrator.Plugins.Installed;

/// <summary>Whether a judged package may go into the book, and what the book says then.</summary>
internal static class InstallRules
{
    /// <summary>The hash is the one that was expected.</summary>
    public static IEnumerable<string> Hash(InstallRequest request, string hash)
    {
        if (request.ExpectHash is not { } expected || expected == hash)
            yield break;
        yield return FolderHash.IsHash(expected)
            ? $"its files were tampered with, or are others than you expect: their hash is {hash}, and --expect-hash says {expected}; get the package again, and the hash from its author"
            : $"--expect-hash is \"{expected}\", and must be sha256: with 64 hexadecimal digits in lower case";
    }

    /// <summary>The manifest and the assemblies fit this host.</summary>
    public static IEnumerable<string> Manifest(FoundPlugin found)
    {
        foreach (var fault in found.Faults)
        {
            yield return fault.Contains("\"sdk\"", StringComparison.Ordinal)
                ? $"{fault}; get a version of the plugin that is made for SDK {SdkVersion.Current}, or a newer program"
                : $"{fault}; tell the plugin's author";
        }

        if (found.Manifest is not { } manifest)
            yield break;
        if (!InstalledRules.IsVersion(manifest.Version))
            yield return $"plugin.json, \"version\" is \"{manifest.Version}\": up to 100 letters, digits, dots, dashes and plus signs can be installed";
        if (manifest.Id == "installed.json")
            yield return "plugin.json, \"id\" is \"installed.json\", which is the name of the book of plugins: choose another";
    }

    /// <summary>The version fits what is there.</summary>
    public static IEnumerable<string> Book(
        InstallRequest request, InstalledBook book, InstalledState state, PluginManifest? bundled, PluginManifest manifest, string hash)
    {
        var plugin = state.Find(manifest.Id);
        var active = plugin?.Active ?? bundled?.Version;
        if (active is null && request.MustBeThere)
            yield return $"there is no plugin \"{manifest.Id}\" to upgrade; install it: cxo plugins install {request.Source}";
        if (request.Share is not (> 0 and <= 1))
            yield return $"--share is {request.Share}, and must be above 0 and at most 1";
        if (active is not null && !request.AllowDowngrade && SemanticVersion.Parse(manifest.Version) < SemanticVersion.Parse(active))
            yield return $"version {manifest.Version} is older than {active}, which is active; if you mean to go back, say --allow-downgrade";
        if (plugin is null && bundled?.Version == manifest.Version && bundled is not null)
            yield return $"version {manifest.Version} of {manifest.Id} comes with the program; only another version can be put in its place";
        if (plugin?.Versions.GetValueOrDefault(manifest.Version) is not { } installed)
            yield break;
        if (installed.Hash != hash)
        {
            yield return $"version {manifest.Version} is installed with other files (hash {installed.Hash}, this package has {hash}): "
                + "one of them was tampered with, or its author forgot to count the version up; don't use it before you know which";
        }
        else if (InstalledDiscovery.Look(book, manifest.Id, manifest.Version, installed.Hash).Faults is { Count: > 0 } changed)
        {
            yield return $"version {manifest.Version} is installed, but {string.Join("; ", changed)}; see what has changed with cxo plugins verify, then cxo plugins remove {manifest.Id} and install it again";
        }
    }

    /// <summary>A plugin's first version.</summary>
    public static InstalledPlugin First(string version, InstalledVersion about) => new()
    {
        Active = version,
        Candidate = null,
        Previous = null,
        Rollbacks = [],
        Versions = new Dictionary<string, InstalledVersion> { [version] = about },
    };

    /// <summary>What the book says of the plugin with the version in it.</summary>
    public static InstalledPlugin PutIn(InstalledPlugin? plugin, string version, InstalledVersion about, InstallRequest request, DateTimeOffset now)
    {
        if (plugin is null)
            return First(version, about);
        var with = plugin.Versions.ContainsKey(version) ? plugin : plugin.With(version, about);
        if (version == plugin.Active)
            return with;
        if (request.Now)
            return with with { Active = version, Previous = plugin.Active, Candidate = null };
        return plugin.Candidate is { } candidate && candidate.Version == version && candidate.Share == request.Share
            ? with
            : with with { Candidate = new CandidateVersion(version, request.Share, now) };
    }
}

using System.Text.RegularExpressions;
using CxOrchestrator.Plugins.Manifest;
using NuGet.Versioning;

namespace CxOrchestrator.Plugins.Installed;

/// <summary>What has to be true of a book. Ids and versions are also names of folders: what isn't one never gets that far.</summary>
internal static partial class InstalledRules
{
    /// <summary>All that is wrong.</summary>
    public static IReadOnlyList<string> Check(InstalledState state)
    {
        if (state.Format != InstalledState.CurrentFormat)
            return [$"\"format\" is {state.Format}, and this version of the program reads {InstalledState.CurrentFormat}"];
        return [.. state.Plugins.SelectMany(plugin => Check(plugin.Key, plugin.Value).Select(fault => $"plugin \"{plugin.Key}\": {fault}"))];
    }

    /// <summary>True for what may be a version, and the name of its folder.</summary>
    public static bool IsVersion(string version) => SemanticVersion.TryParse(version, out _) && VersionFormat().IsMatch(version);

    private static IEnumerable<string> Check(string id, InstalledPlugin plugin)
    {
        if (!ManifestReader.IsId(id))
            yield return "this is no id of a plugin";
        foreach (var (version, about) in plugin.Versions)
        {
            if (!IsVersion(version))
                yield return $"\"{version}\" is no version";
            if (!FolderHash.IsHash(about.Hash))
                yield return $"the hash of {version} is \"{about.Hash}\", and must be sha256: with 64 digits";
        }

        foreach (var (what, version) in new[] { ("active", plugin.Active), ("candidate", plugin.Candidate?.Version), ("previous", plugin.Previous) })
        {
            if (version is not null && !plugin.Versions.ContainsKey(version))
                yield return $"\"{what}\" is {version}, which \"versions\" does not have";
        }

        if (plugin.Candidate is { } candidate && candidate.Share is not (> 0 and <= 1))
            yield return $"the candidate's share is {candidate.Share}, and must be above 0 and at most 1";
        if (plugin.Candidate?.Version == plugin.Active)
            yield return $"\"candidate\" is {plugin.Active}, which is active";
    }

    [GeneratedRegex(@"^[0-9A-Za-z.+-]{1,100}\z")]
    private static partial Regex VersionFormat();
}

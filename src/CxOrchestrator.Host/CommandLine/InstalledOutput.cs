using System.Globalization;
using CxOrchestrator.Plugins.Installed;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>Shows installed versions.</summary>
internal static class InstalledOutput
{
    private const int ShortHash = 12;

    /// <summary>The book of an installation.</summary>
    public static InstalledBook BookOf(IConfiguration configuration) => new(configuration["Data:Folder"] ?? "data", TimeProvider.System);

    /// <summary>Every version that lies on the disk; nothing where none was installed.</summary>
    public static void Show(IAnsiConsole console, InstalledState state)
    {
        if (state.Plugins.Count == 0)
            return;
        var table = Tables.New("Installed", "Version", "Role", "Hash", "Installed at", "Signature", "From");
        foreach (var (id, plugin) in state.Plugins.OrderBy(plugin => plugin.Key, StringComparer.Ordinal))
        {
            foreach (var (version, about) in plugin.Versions.OrderBy(version => version.Key, StringComparer.Ordinal))
                table.Row(id, version, Role(plugin, version), Short(about.Hash), Tables.Time(about.InstalledAt), about.Signature, about.From);
        }

        console.Write(table);
    }

    /// <summary>What a version does.</summary>
    public static string Role(InstalledPlugin plugin, string version)
    {
        if (version == plugin.Active)
            return "active";
        if (plugin.Candidate is { } candidate && candidate.Version == version)
            return $"candidate, {candidate.Share.ToString("0.##%", CultureInfo.InvariantCulture)} of the calls since {Tables.Time(candidate.Since)}";
        if (plugin.Rollbacks.LastOrDefault(rollback => rollback.Version == version) is { } rollback)
            return $"taken back {Tables.Time(rollback.At)}: {rollback.Reason}";
        return version == plugin.Previous ? "previous" : "kept";
    }

    private static string Short(string hash) => hash["sha256:".Length..][..ShortHash];
}

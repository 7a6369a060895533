using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Settings;
using CxOrchestrator.Plugins.Settings;

namespace CxOrchestrator.Host.Doctor;

/// <summary>
/// Examines an installation from the outside in: its settings, its key, its schema, its work, its connections. What stands on something that is
/// broken is not looked at, and nothing is made or changed.
/// </summary>
internal static class Examination
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(InstallationPlace place, CancellationToken cancellation)
    {
        var (file, _, settings, faults) = Installation.Read(place);
        if (faults.Count > 0)
            return [new Finding($"{file} has faults", faults.Count, null, "See them all: cxo check", NeedsPerson: true)];
        if (settings.Storage.Kind == StoreKind.Sqlite && !File.Exists(settings.Storage.File))
            return [new Finding($"there is no database {settings.Storage.File} yet", 1, null, "Start the service, which makes it: cxo run", NeedsPerson: true)];
        var key = SigningKeyFile.PathIn(settings.Core.DataFolder);
        if (settings.Links.Key() is null && !File.Exists(key))
        {
            // Opening the installation would make a new one.
            return [new Finding($"the signing key {key} is gone: every link that was sent is dead", 1, null,
                "Put it back from a backup. Without one, cxo run makes a new key, for new links only.", NeedsPerson: true)];
        }

        var findings = new List<Finding>(settings.Links.Key() is null ? KeyRights(key) : []);
        await using var installation = Installation.Open(place);
        var schema = await SchemaAsync(installation, cancellation);
        findings.AddRange(schema);
        if (schema.Count == 0)
        {
            findings.AddRange(await installation.Services.GetRequiredService<IDoctor>().ExamineAsync(cancellation));
            findings.AddRange(await ConnectionsAsync(installation, cancellation));
        }

        return [.. findings.OrderByDescending(finding => finding.NeedsPerson)];
    }

    private static IEnumerable<Finding> KeyRights(string key)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(key) & Others) != 0)
            yield return new Finding($"the signing key {key} is open to others, who could answer for any customer", 1, null, $"chmod 600 {key}", NeedsPerson: true);
    }

    private static async Task<IReadOnlyList<Finding>> SchemaAsync(Installation installation, CancellationToken cancellation)
    {
        try
        {
            var pending = await installation.Services.GetRequiredService<ISchema>().PendingAsync(cancellation);
            return pending.Count == 0 ? []
                : [new Finding($"the schema lacks {string.Join(", ", pending)}", pending.Count, null, "Run: cxo migrate", NeedsPerson: true)];
        }
        catch (InvalidOperationException error)
        {
            return [new Finding(error.Message, 1, null, "Run the version that wrote it.", NeedsPerson: true)];
        }
    }

    // The states that the service has kept: asking the connections themselves is for cxo connections test.
    private static async Task<IEnumerable<Finding>> ConnectionsAsync(Installation installation, CancellationToken cancellation)
    {
        var states = await installation.Services.GetRequiredService<IPluginStateStore>().LoadOfAllAsync(cancellation);
        var configured = ConfiguredConnection.Read(installation.Configuration);
        var names = configured.Where(connection => connection.Enabled).Select(connection => $"connection:{connection.Name}")
            .Concat(configured.Where(connection => connection.Enabled).Select(connection => $"plugin:{connection.PluginId}")).ToHashSet(StringComparer.Ordinal);
        var several = states.Select(one => one.Node).Distinct(StringComparer.Ordinal).Skip(1).Any();
        return states.Where(one => names.Contains(one.Key.Split('@')[0])).OrderBy(one => one.Key, StringComparer.Ordinal)
            .Where(one => one.Report.State is ConnectionState.Incompatible or ConnectionState.Misconfigured or ConnectionState.Degraded or ConnectionState.Quarantined)
            .Select(one => Of(one.Key, one.Report, several ? $" on {one.Node}" : ""));
    }

    private static Finding Of(string key, StateReport report, string where)
    {
        var kind = key[..key.IndexOf(':', StringComparison.Ordinal)];
        var name = key[(kind.Length + 1)..].Split('@')[0];
        var test = kind == "connection" ? $"cxo connections test {name}" : "cxo plugins list";
        return new Finding(
            $"the {kind} {name} is {report.State.ToString().ToLowerInvariant()}{where}: {report.Reason}", 1, report.Since,
            report.WhatToDo.Length > 0 ? $"{report.WhatToDo.TrimEnd('.')}. Then: {test}" : $"Look: {test}",
            // A degraded one works badly, and may come back by itself.
            NeedsPerson: report.State != ConnectionState.Degraded);
    }
}

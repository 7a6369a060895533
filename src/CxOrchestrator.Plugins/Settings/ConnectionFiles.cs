using CxOrchestrator.Plugins.Connections;

namespace CxOrchestrator.Plugins.Settings;

/// <summary>
/// The folder <c>connections.d</c> in the data folder: one file a connection, as <c>cxo connections</c> writes them, read together
/// with the section <c>Connections</c> of the settings.
/// </summary>
internal static class ConnectionFiles
{
    /// <summary>The folder.</summary>
    public static string FolderOf(string dataFolder) => Path.Combine(dataFolder, "connections.d");

    /// <summary>All connections: those of the settings, switched as files say, then those of the files.</summary>
    public static IReadOnlyList<ConnectionPlan> Together(IReadOnlyList<ConnectionPlan> settings, string dataFolder)
    {
        List<ConnectionFile> files;
        try
        {
            files = Read(dataFolder);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Nobody knows which of them an admin has switched off there.
            var fault = $"{FolderOf(dataFolder)} can't be read: {unreadable.Message}";
            return [.. settings.Select(plan => plan with { Faults = [.. plan.Faults, fault] })];
        }

        return
        [
            .. settings.Select(plan => files.Where(file => SameName(file.Plan, plan)).Aggregate(plan, Under)),
            .. files.Where(file => !(file.IsSwitch && settings.Any(plan => SameName(plan, file.Plan)))).Select(file => Alone(file, settings, files)),
        ];
    }

    private static List<ConnectionFile> Read(string dataFolder)
    {
        var folder = FolderOf(dataFolder);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(ConnectionFile.Read)]
            : [];
    }

    private static ConnectionPlan Under(ConnectionPlan plan, ConnectionFile file)
    {
        // An unreadable file may have been the one that switches it off.
        if (file.Plan.Faults.Count > 0)
            return plan with { Faults = [.. plan.Faults, .. file.Plan.Faults] };
        return file.IsSwitch
            ? plan with { Enabled = file.Plan.Enabled, Place = $"{plan.Place}, switched by {file.Path}" }
            : plan with { Faults = [.. plan.Faults, Twice(plan.Name, plan.Place, file.Path)] };
    }

    private static ConnectionPlan Alone(ConnectionFile file, IReadOnlyList<ConnectionPlan> settings, List<ConnectionFile> files)
    {
        var faults = file.Plan.Faults.ToList();
        if (file.IsSwitch)
            faults.Add($"{file.Path} has no Plugin, and the settings have no connection \"{file.Plan.Name}\" that it could switch: delete the file, or write the connection into it");
        else if (file.Plan.Faults.Count == 0)
            faults.AddRange(settings.Where(plan => SameName(plan, file.Plan)).Select(plan => Twice(plan.Name, plan.Place, file.Path)));
        faults.AddRange(files.Where(other => other != file && SameName(other.Plan, file.Plan)).Select(other => Twice(file.Plan.Name, file.Path, other.Path)));
        return file.Plan with { Faults = faults };
    }

    private static string Twice(string name, string one, string other) =>
        $"more than one connection is called \"{name}\": one stands in {one}, one in {other}; give one of them another name";

    private static bool SameName(ConnectionPlan one, ConnectionPlan other) => string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase);
}

using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Discovery;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.States;

namespace CxOrchestrator.Plugins.Loading;

/// <summary>All plugins that were found, in order of id.</summary>
internal sealed class PluginSet(StateBoard board, PluginLoader loader)
{
    private IReadOnlyList<PluginSlot> _slots = [];

    /// <summary>All of them as they stand.</summary>
    public IReadOnlyList<PluginStatus> Statuses =>
    [
        .. _slots.Select(slot => new PluginStatus(
            slot.Found.Id,
            slot.Found.Name,
            slot.Found.Manifest?.Version ?? "",
            slot.Found.Folder,
            slot.Found.Manifest?.Capabilities ?? [],
            board.Get(slot.Key))),
    ];

    /// <summary>Their ids.</summary>
    public IReadOnlyList<string> Ids => [.. _slots.Select(slot => slot.Found.Id).Distinct()];

    /// <summary>The plugin with this id; the first of those that claim it.</summary>
    public PluginSlot? Find(string id) =>
        _slots.FirstOrDefault(slot => string.Equals(slot.Found.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>Loads all that may be loaded, at the same time: one that hangs holds up no other.</summary>
    public async Task LoadAsync(
        IReadOnlyList<FoundPlugin> found, IReadOnlyList<string> disabled, Bounded bounded, CancellationToken cancellation)
    {
        var shared = found.GroupBy(plugin => plugin.Id).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        _slots =
        [
            .. found.Select(plugin => new PluginSlot(
                plugin, $"plugin:{plugin.Id}" + (shared.Contains(plugin.Id) ? $"@{Path.GetFileName(plugin.Folder)}" : ""))),
        ];
        await Task.WhenAll(_slots.Select(async slot =>
            board.Set(slot.Key, await LoadAsync(slot, disabled, bounded, cancellation))));
    }

    /// <summary>Lets go of all load contexts.</summary>
    public void Unload()
    {
        foreach (var slot in _slots)
            slot.Loaded?.Context.Unload();
    }

    private async Task<Verdict> LoadAsync(
        PluginSlot slot, IReadOnlyList<string> disabled, Bounded bounded, CancellationToken cancellation)
    {
        var found = slot.Found;
        if (disabled.Contains(found.Id, StringComparer.OrdinalIgnoreCase))
            return new Verdict(ConnectionState.Disabled, "Plugins:Disabled lists it", "Take it off Plugins:Disabled to use it.");
        if (found.Faults.Count > 0)
        {
            return Verdict.Incompatible(
                found.Faults,
                $"Correct {Path.Combine(found.Folder, "plugin.json")} and the files beside it, or put a build of the plugin there "
                    + $"that is made for SDK {Sdk.SdkVersion.Current}.");
        }

        var (returned, result) = await bounded.RunAsync(() => Task.FromResult(loader.Load(found)), late: null, cancellation);
        if (!returned)
            return Broken($"its entry type's constructor did not return within {bounded.Limit:c}");
        slot.Loaded = result.Plugin;
        return result.Fault is { } fault ? Broken(fault) : Verdict.Ready;
    }

    private static Verdict Broken(string fault) =>
        Verdict.Incompatible([fault], "Install a version of the plugin that works, or tell its author; connections that use it stay off.");
}

using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Live;
using CxOrchestrator.Plugins.States;

namespace CxOrchestrator.Plugins.Loading;

/// <summary>All plugins, in order of id, each by its active version and by the one on trial beside it.</summary>
internal sealed class PluginSet(StateBoard board, SlotLoading loading)
{
    private volatile IReadOnlyList<PluginSlot> _slots = [];

    /// <summary>All active versions.</summary>
    public IReadOnlyList<PluginSlot> Slots => _slots;

    /// <summary>All of them as they stand.</summary>
    public IReadOnlyList<PluginStatus> Statuses => [.. _slots.SelectMany(WithCandidate).Select(Status)];

    /// <summary>True in the service; whoever merely looks around has no numbers of a trial to tell.</summary>
    public bool Serves { get; set; }

    /// <summary>Their ids.</summary>
    public IReadOnlyList<string> Ids => [.. _slots.Select(slot => slot.Found.Id).Distinct()];

    /// <summary>The active version of the plugin with this id; the first of those that claim it.</summary>
    public PluginSlot? Find(string id) =>
        _slots.FirstOrDefault(slot => string.Equals(slot.Found.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Brings the set to what is wanted: keeps what is the same, takes a version that was on trial over where it is active now,
    /// and loads the rest, all at the same time: one that hangs holds up no other.
    /// </summary>
    /// <returns>Versions that are no longer wanted, to be unloaded when no connection needs them any more.</returns>
    public async Task<IReadOnlyList<LoadedPlugin>> ApplyAsync(IReadOnlyList<WantedPlugin> wanted, CancellationToken cancellation)
    {
        var before = _slots;
        var shared = wanted.GroupBy(plugin => plugin.Active.Found.Id).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        var after = wanted.Select(plugin => (Wanted: plugin, Slot: SlotOf(plugin.Active, before, shared))).ToList();
        var loadedBefore = before.SelectMany(WithCandidate).ToList();
        foreach (var (plugin, slot) in after)
            slot.Candidate = loading.CandidateOf(plugin, loadedBefore);
        _slots = [.. after.Select(one => one.Slot)];

        await Task.WhenAll(_slots.SelectMany(WithCandidate).Except(loadedBefore).Select(slot => loading.LoadAsync(slot, cancellation)));
        foreach (var (plugin, slot) in after)
            loading.Tell(slot, plugin.Note);
        var kept = _slots.SelectMany(WithCandidate).Select(slot => slot.Loaded).ToHashSet();
        return [.. loadedBefore.Select(slot => slot.Loaded).OfType<LoadedPlugin>().Where(loaded => !kept.Contains(loaded)).Distinct()];
    }

    /// <summary>Lets go of all load contexts.</summary>
    public void Unload()
    {
        foreach (var slot in _slots.SelectMany(WithCandidate))
            slot.Loaded?.Context.Unload();
    }

    private static PluginSlot SlotOf(WantedVersion version, IReadOnlyList<PluginSlot> before, HashSet<string> shared)
    {
        var key = $"plugin:{version.Found.Id}" + (shared.Contains(version.Found.Id) ? $"@{Path.GetFileName(version.Found.Folder)}" : "");
        if (before.FirstOrDefault(slot => slot.Key == key && slot.Version.IsSameAs(version) && slot.Stands(version)) is { } same)
            return same;
        var promoted = before.Select(slot => slot.Candidate).FirstOrDefault(slot => slot?.Loaded is not null && slot.Version.IsSameAs(version));
        return new PluginSlot(version, key) { Loaded = promoted?.Loaded };
    }

    private static IEnumerable<PluginSlot> WithCandidate(PluginSlot slot) => slot.Candidate is { } candidate ? [slot, candidate] : [slot];

    private PluginStatus Status(PluginSlot slot)
    {
        var report = board.Get(slot.Key);
        if (slot.Trial is { } trial && report.State == ConnectionState.Ready)
            report = report with { Reason = Serves ? $"{trial.Terms}: {trial.Numbers}" : trial.Terms };
        return new PluginStatus(
            slot.Found.Id,
            slot.Found.Name,
            slot.Found.Manifest?.Version ?? "",
            slot.Found.Folder,
            slot.Found.Manifest?.Capabilities ?? [],
            report);
    }
}

using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Discovery;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Live;
using CxOrchestrator.Plugins.States;
using CxOrchestrator.Plugins.Upgrades;

namespace CxOrchestrator.Plugins.Loading;

/// <summary>Loads one version of a plugin, and notes where it stands.</summary>
internal sealed class SlotLoading(StateBoard board, PluginLoader loader, HostSettings settings, TimeProvider machine, Action trialEnded)
{
    /// <summary>The slot of the version on trial that is wanted: the one that is there, or a new one; null for none.</summary>
    public PluginSlot? CandidateOf(WantedPlugin wanted, IReadOnlyList<PluginSlot> before)
    {
        if (wanted is not { Candidate: { } version, Terms: { } terms } || IsDisabled(version.Found.Id))
            return null;
        var same = before.FirstOrDefault(slot =>
            slot.Trial is { } trial && slot.Version.IsSameAs(version) && trial.Since == terms.Since && trial.Share == terms.Share);
        return same ?? new PluginSlot(version, $"plugin:{version.Found.Id}@{terms.Version}")
        {
            Trial = new Trial(version.Found.Id, terms.Version, terms.Since, terms.Share, settings.Upgrade, machine, trialEnded),
        };
    }

    /// <summary>Loads it, unless it is loaded or must not be.</summary>
    public async Task LoadAsync(PluginSlot slot, CancellationToken cancellation)
    {
        var verdict = slot.Loaded is null ? await LoadNowAsync(slot, cancellation) : Verdict.Ready;
        board.Set(slot.Key, verdict);
        if (verdict.State != ConnectionState.Ready)
            slot.Trial?.Fail($"it is {verdict.State}: {verdict.Reason}");
    }

    /// <summary>Notes what an admin should know beside the state, and ends a trial that needs no calls to be decided.</summary>
    public void Tell(PluginSlot slot, string note)
    {
        if (slot.Loaded is { } active)
        {
            var whatToDo = note.Length == 0 ? "" : "Upgrade to a version without this fault when there is one.";
            board.Set(slot.Key, new Verdict(ConnectionState.Ready, note, whatToDo));
            var lost = slot.Candidate?.Loaded is { } candidate
                ? active.Manifest.Capabilities.Except(candidate.Manifest.Capabilities).ToList()
                : [];
            if (lost.Count > 0)
                slot.Candidate!.Trial!.Fail($"it can't do {string.Join(", ", lost)}, which version {active.Manifest.Version} can");
        }
        else if (slot.Candidate?.Loaded is not null)
        {
            slot.Candidate.Trial!.Pass($"the active version is {board.Get(slot.Key).State}: {board.Get(slot.Key).Reason}");
        }
    }

    private async Task<Verdict> LoadNowAsync(PluginSlot slot, CancellationToken cancellation)
    {
        var found = slot.Found;
        if (IsDisabled(found.Id))
            return new Verdict(ConnectionState.Disabled, "Plugins:Disabled lists it", "Take it off Plugins:Disabled to use it.");
        if (found.Faults.Count > 0)
            return Unfit(found);
        var bounded = new Bounded(settings.Guard.TimeLimit, machine);
        var (returned, result) = await bounded.RunAsync(() => Task.FromResult(loader.Load(found)), late: null, cancellation);
        if (!returned)
            return Broken($"its entry type's constructor did not return within {bounded.Limit:c}");
        slot.Loaded = result.Plugin;
        return result.Fault is { } fault ? Broken(fault) : Verdict.Ready;
    }

    private bool IsDisabled(string id) => settings.Disabled.Contains(id, StringComparer.OrdinalIgnoreCase);

    private static Verdict Unfit(FoundPlugin found) => Verdict.Incompatible(
        found.Faults,
        $"Correct {Path.Combine(found.Folder, "plugin.json")} and the files beside it, or put a build of the plugin there "
            + $"that is made for SDK {Sdk.SdkVersion.Current}.");

    private static Verdict Broken(string fault) =>
        Verdict.Incompatible([fault], "Install a version of the plugin that works, or tell its author; connections that use it stay off.");
}

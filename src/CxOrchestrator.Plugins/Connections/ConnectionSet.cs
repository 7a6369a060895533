using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Spelling;
using CxOrchestrator.Plugins.States;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Connections;

/// <summary>
/// All connections, in the order of the configuration. Brought to what is wanted by one caller at a time; looked at by everybody
/// meanwhile.
/// </summary>
internal sealed class ConnectionSet(StateBoard board, ConnectionMaking making, HostSettings host)
{
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<ConnectionSlot> _slots = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<ConnectionSlot> Slots => _slots;

    /// <summary>The connection with this name.</summary>
    public ConnectionSlot? Find(string name) =>
        _slots.FirstOrDefault(slot => string.Equals(slot.Plan.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where one stands, for whoever asks.</summary>
    public ConnectionStatus Status(ConnectionSlot slot) => new(slot.Plan.Name, slot.Plan.PluginId, slot.Claims, board.Get(slot.Key));

    /// <summary>Why a connection can't do the work that it is named for; null where it can.</summary>
    public string? FaultOf(Capability capability, string name)
    {
        if (Find(name) is not { } slot)
            return $"Use:{capability}: there is no connection \"{name}\"; {NearestName.Hint(name, [.. _slots.Select(one => one.Plan.Name)])}";
        return slot.Claims.Count > 0 && !slot.Claims.Contains(capability)
            ? $"Use:{capability}: the connection \"{name}\" can't do that; it can {string.Join(", ", slot.Claims)}"
            : null;
    }

    /// <summary>
    /// Brings the set to what is wanted: what is the same goes on as it is, a version that was on trial and is active now takes
    /// over with its connectors, and the rest is made, all at the same time: one that hangs holds up no other. What is replaced
    /// goes on working until its successor stands.
    /// </summary>
    /// <returns>Connectors that are out of use now and have to be freed, and the slots of connections that are gone.</returns>
    public async Task<(IReadOnlyList<LiveConnection> Retired, IReadOnlyList<ConnectionSlot> Removed)> ApplyAsync(
        IReadOnlyList<ConnectionPlan> plans, PluginSet plugins, CancellationToken cancellation)
    {
        var before = _slots.Where(slot => !slot.Removing).ToList();

        // Entries that share a name are told apart by their place; they are at fault anyway.
        var fresh = plans.Select((plan, place) => new ConnectionSlot(plan, KeyOf(plan, place, plans))).ToList();
        var retired = new List<LiveConnection>();
        var after = fresh.Select(slot => Kept(slot, before, plugins, retired) ?? slot).ToList();
        var made = after.Except(before).ToList();
        var removed = before.Where(old => !fresh.Exists(slot => SameName(slot, old))).ToList();
        before.Except(after).ToList().ForEach(old => old.Live?.Health.End());
        removed.ForEach(Remove);
        Publish([.. after.Select(slot => before.Find(old => old.Key == slot.Key) ?? slot), .. removed]);

        await Task.WhenAll(made.Select(slot => MakeAsync(slot, before.Find(old => old.Key == slot.Key), plugins, cancellation)));
        Publish([.. after, .. removed]);
        foreach (var old in before.Except(after))
            retired.AddRange(TakenFrom(old));
        return (retired, removed);
    }

    /// <summary>Takes slots off that were being removed.</summary>
    public void Forget(IReadOnlyList<ConnectionSlot> removed)
    {
        lock (_gate)
            _slots = [.. _slots.Except(removed)];
    }

    /// <summary>Takes everything out of use.</summary>
    public IReadOnlyList<LiveConnection> TakeAll() => [.. _slots.SelectMany(TakenFrom)];

    private void Publish(IReadOnlyList<ConnectionSlot> slots)
    {
        lock (_gate)
        {
            // Those from an earlier change whose calls have not ended yet stay until they have.
            var leaving = _slots.Where(slot => slot.Removing && !slots.Contains(slot));
            _slots = [.. slots, .. leaving.Where(slot => !slots.Any(one => SameName(one, slot)))];
        }
    }

    private static bool SameName(ConnectionSlot one, ConnectionSlot other) =>
        string.Equals(one.Plan.Name, other.Plan.Name, StringComparison.OrdinalIgnoreCase);

    // The slot that goes on as it is; null where one has to be made.
    private static ConnectionSlot? Kept(
        ConnectionSlot fresh, List<ConnectionSlot> before, PluginSet plugins, List<LiveConnection> retired)
    {
        var old = before.Find(slot => slot.Key == fresh.Key && slot.Plan.Wording == fresh.Plan.Wording);
        var plugin = plugins.Find(fresh.Plan.PluginId)?.Loaded;
        if (old?.Live is not { } live || plugin is null || fresh.Plan.Faults.Count > 0)
            return null;
        if (old.Plugin == plugin)
            return old;
        if (old.Canary is not { } canary || canary.Plugin != plugin)
            return null;

        // Its successor first: whoever finds the old one closed looks again.
        old.Live = canary.Live;
        old.Plugin = plugin;
        old.Claims = canary.Live.Capabilities;
        old.Canary = null;
        live.Health.End();
        canary.Live.Health.TakeOver(old.Key);
        retired.Add(live);
        return old;
    }

    private async Task MakeAsync(ConnectionSlot slot, ConnectionSlot? old, PluginSet plugins, CancellationToken cancellation)
    {
        var plugin = plugins.Find(slot.Plan.PluginId);
        slot.Claims = plugin?.Found.Manifest?.Capabilities ?? [];
        if (ConnectionRefusal.Of(slot.Plan, plugin, plugins, host, board) is { } refused)
        {
            board.Set(slot.Key, refused);
            return;
        }

        // Another version of the same connection is no second connection: what is still in the old one counts.
        var shared = old?.Plan.Wording == slot.Plan.Wording ? old.Live?.Guard.Limits : null;
        slot.Plugin = plugin!.Loaded!;
        var (live, verdict) = await making.MakeAsync(slot.Plan, slot.Key, slot.Plugin, host, shared, cancellation);
        slot.Live = live;
        slot.Claims = live?.Capabilities ?? slot.Claims;
        if (verdict is not null)
            board.Set(slot.Key, verdict);
    }

    private void Remove(ConnectionSlot slot)
    {
        slot.Removing = true;
        board.Set(slot.Key, new Verdict(ConnectionState.Disabled, "it is being removed", ""));
    }

    private static List<LiveConnection> TakenFrom(ConnectionSlot slot)
    {
        List<LiveConnection?> taken = [slot.Live, slot.Canary?.Live];
        slot.Canary = null;
        slot.Live = null;
        var all = taken.OfType<LiveConnection>().ToList();
        all.ForEach(live => live.Health.End());
        return all;
    }

    private static string KeyOf(ConnectionPlan plan, int place, IReadOnlyList<ConnectionPlan> plans)
    {
        var shared = plans.Count(other => string.Equals(other.Name, plan.Name, StringComparison.OrdinalIgnoreCase)) > 1;
        return shared ? $"connection:{plan.Name}@{place}" : $"connection:{plan.Name}";
    }
}

using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Engine.Doctor;

/// <summary>Finds what is wrong with the nodes.</summary>
internal sealed class NodeExam(INodeStore store)
{
    // Others take over within seconds of the end of a lease.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // Leases and due times go by the database's clock, so that this harms nothing of ours; certificates, logs and services' signatures go by the machine's.
    private static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(5);

    /// <summary>A finding for each node that is gone and still holds work, each clock that is off, and for versions that differ.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation)
    {
        var (now, nodes) = await store.ListAsync(cancellation);
        var living = nodes.Where(one => one.LivesAt(now)).ToList();
        return [.. nodes.Where(one => !one.LivesAt(now) && now - one.LeaseUntil > Patience && one.Holds.Count > 0).Select(Gone), .. living.SelectMany(Skew), .. Versions(living)];
    }

    private static Finding Gone(NodeReport node) => new(
        $"the node {node.Node.Name} is gone and still holds {string.Join(", ", node.Holds.Select(held => $"{held.Value} {held.Key}"))}", node.Holds.Values.Sum(), node.LeaseUntil,
        "Start a node, which takes them over: cxo run. Where one runs: look for a transaction that hangs (select * from pg_stat_activity where state like 'idle in%').",
        NeedsPerson: true);

    private static IEnumerable<Finding> Skew(NodeReport node)
    {
        if (node.ClockOff is { } off && off.Duration() > LargestSkew)
            yield return new Finding(
                $"the clock of {node.Node.Machine} (node {node.Node.Name}) is {off.Duration().TotalSeconds:0} seconds {(off > TimeSpan.Zero ? "ahead of" : "behind")} the database's", 1, null,
                "Set it by NTP (timedatectl status). Work goes on by the database's clock.", NeedsPerson: false);
    }

    private static IEnumerable<Finding> Versions(List<NodeReport> living)
    {
        var versions = living.Select(one => one.Node.Version).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (versions.Count > 1)
            yield return new Finding($"nodes of {versions.Count} versions run side by side: {string.Join(", ", versions)}", living.Count, null,
                "Finish the upgrade: cxo nodes shows which is which.", NeedsPerson: false);
    }
}

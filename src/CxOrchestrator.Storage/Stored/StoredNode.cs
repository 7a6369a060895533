using System.Text.Json;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Storage;

/// <summary>A row of <c>nodes</c>.</summary>
internal static class StoredNode
{
    public const string Columns =
        "id, name, machine, process, folder, address, version, state, started_at, heard_at, lease_until, clock_off_ms, work";

    /// <summary>How long a node that has ended is remembered.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    /// <summary>How long what a node that has ended may still hold is looked for: longer than a commit takes that was under way.</summary>
    public static readonly TimeSpan LookedAfter = TimeSpan.FromMinutes(10);

    public static NodeReport Read(IStoredRow row) => new()
    {
        Node = new NodeIdentity
        {
            Id = row.Text(0), Name = row.Text(1), Machine = row.Text(2), Process = row.Int(3), Folder = row.Text(4), Address = row.Text(5), Version = row.Text(6),
        },
        State = (NodeState)row.Int(7),
        StartedAt = row.Time(8),
        HeardAt = row.Time(9),
        LeaseUntil = row.Time(10),
        ClockOff = row.IntOrNull(11) is { } off ? TimeSpan.FromMilliseconds(off) : null,
        Work = JsonSerializer.Deserialize<Dictionary<string, long>>(row.Text(12)) ?? [],
    };

    public static string Written(NodeBeat beat) => JsonSerializer.Serialize(beat.Work);

    // Whoever is off by weeks is off by enough.
    public static int? ClockOff(NodeBeat beat) =>
        beat.ClockOff is { } off ? (int)Math.Clamp(off.TotalMilliseconds, int.MinValue + 1, int.MaxValue) : null;

    /// <summary>The list in its order, with what each holds.</summary>
    public static NodeList List(DateTimeOffset now, IEnumerable<NodeReport> nodes, IReadOnlyList<(string Node, string Table, long Count)> holds) => new(
        now,
        [.. nodes.OrderBy(one => one.Node.Name, StringComparer.Ordinal).ThenByDescending(one => one.StartedAt).Select(one => one with
        {
            Holds = holds.Where(held => held.Node == one.Node.Id).ToDictionary(held => held.Table, held => held.Count, StringComparer.Ordinal),
        })]);
}

using System.Collections;
using System.Text.Json;

namespace CxOrchestrator.Core.Enrolments;

/// <summary>
/// What the steps did, in order: what the store has kept, which is read when somebody asks, and what has been added since. A step adds a line to dozens that
/// nobody looks at before they are stored again; a store may keep all but the last ones apart and not give them out at all to whoever only adds.
/// </summary>
public sealed class Trail : IReadOnlyList<Trace>
{
    private readonly Trace[] _earlier;
    private readonly Trace[] _added;
    private Trace[]? _kept;

    /// <summary>A trail of these traces: all that there are.</summary>
    public Trail(IEnumerable<Trace> traces)
        : this([], null, [], [.. traces], isEnd: false)
    {
    }

    /// <summary>The trail as a store keeps it: all that there is.</summary>
    /// <param name="stored">A JSON array, an array each: step, microseconds since 1970 in UTC, words.</param>
    public Trail(JsonElement stored)
        : this([], stored, null, [], isEnd: false)
    {
    }

    private Trail(Trace[] earlier, JsonElement? stored, Trace[]? kept, Trace[] added, bool isEnd) =>
        (_earlier, Stored, _kept, _added, IsEnd) = (earlier, stored, kept, added, isEnd);

    /// <summary>What the store has kept, in its form; null where nothing of it stands for itself. Of an end of a trail, what stands in the end alone.</summary>
    public JsonElement? Stored { get; }

    /// <summary>What stands after <see cref="Stored"/>.</summary>
    public IReadOnlyList<Trace> Added => _added;

    /// <summary>
    /// Whether the store keeps what came before <see cref="Stored"/> apart, and still has it: whoever stores this trail adds to that. It may have been read with it, or not.
    /// </summary>
    public bool IsEnd { get; }

    /// <inheritdoc/>
    public int Count => _earlier.Length + (Stored is { } stored ? stored.GetArrayLength() : _kept!.Length) + _added.Length;

    private Trace[] Kept => _kept ??= [.. Stored!.Value.EnumerateArray().Select(Read)];

    /// <inheritdoc/>
    public Trace this[int index] => index >= Count - _added.Length ? _added[index - (Count - _added.Length)]
        : index >= _earlier.Length ? Kept[index - _earlier.Length] : _earlier[index];

    /// <summary>A trail without traces.</summary>
    public static Trail None { get; } = new([]);

    /// <summary>The traces as a trail: themselves, where they are one.</summary>
    public static Trail Of(IReadOnlyList<Trace> traces) => traces as Trail ?? (traces.Count == 0 ? None : new Trail(traces));

    /// <summary>The end of a trail whose earlier part the store keeps apart.</summary>
    /// <param name="stored">The end, as in the trail that a store keeps as a whole; null where it is empty.</param>
    /// <param name="earlier">What came before, in order, as far as it was read; of a long walk the newest are given.</param>
    public static Trail EndOf(JsonElement? stored, IReadOnlyList<Trace> earlier)
    {
        var room = Trace.Most - Math.Min(Trace.Most, stored?.GetArrayLength() ?? 0);
        return new Trail([.. earlier.Skip(earlier.Count - room)], stored, stored is null ? [] : null, [], isEnd: true);
    }

    /// <summary>The trail with one trace more. How much of an end is kept is the store's to say.</summary>
    public Trail With(Trace trace) => IsEnd || Count < Trace.Most
        ? new Trail(_earlier, Stored, _kept, [.. _added, trace], IsEnd)
        : new Trail(this.Skip(Count - Trace.Most + 1).Append(trace));

    /// <summary>The trail with the last trace told anew, where one is known that the store doesn't keep apart.</summary>
    public Trail Retold(string did)
    {
        Trace[] own = [.. Kept, .. _added];
        return own.Length == 0 ? this : new Trail(_earlier, null, [], [.. own[..^1], own[^1] with { Did = did }], IsEnd);
    }

    /// <inheritdoc/>
    public IEnumerator<Trace> GetEnumerator() => _earlier.Concat(Kept).Concat(_added).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One trace as a store keeps it.</summary>
    public static Trace Read(JsonElement trace) => new(
        trace[0].GetString() ?? "", new DateTimeOffset(DateTimeOffset.UnixEpoch.Ticks + (trace[1].GetInt64() * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
        trace[2].GetString() ?? "");
}

using System.Collections;
using System.Text.Json;

namespace CxOrchestrator.Core.Enrolments;

/// <summary>
/// What the steps did, in order: what the store has kept, which is read when somebody asks, and what has been added since. A step adds a line to dozens that
/// nobody looks at before they are stored again.
/// </summary>
public sealed class Trail : IReadOnlyList<Trace>
{
    private readonly Trace[] _added;
    private Trace[]? _kept;

    /// <summary>A trail of these traces.</summary>
    public Trail(IEnumerable<Trace> traces) => (_added, _kept) = ([.. traces], []);

    /// <summary>The trail as a store keeps it.</summary>
    /// <param name="stored">A JSON array, an array each: step, microseconds since 1970 in UTC, words.</param>
    public Trail(JsonElement stored) => (Stored, _added) = (stored, []);

    private Trail(Trail before, Trace added) => (Stored, _kept, _added) = (before.Stored, before._kept, [.. before._added, added]);

    /// <summary>What the store has kept, in its form; null where nothing of it stands for itself.</summary>
    public JsonElement? Stored { get; }

    /// <summary>What stands after <see cref="Stored"/>.</summary>
    public IReadOnlyList<Trace> Added => _added;

    /// <inheritdoc/>
    public int Count => (Stored is { } stored ? stored.GetArrayLength() : _kept!.Length) + _added.Length;

    private Trace[] Kept => _kept ??= [.. Stored!.Value.EnumerateArray().Select(Read)];

    /// <inheritdoc/>
    public Trace this[int index] => index < Count - _added.Length ? Kept[index] : _added[index - (Count - _added.Length)];

    /// <summary>The trail with one trace more.</summary>
    public Trail With(Trace trace) => Count < Trace.Most ? new Trail(this, trace) : new Trail(this.Skip(Count - Trace.Most + 1).Append(trace));

    /// <inheritdoc/>
    public IEnumerator<Trace> GetEnumerator() => Kept.Concat(_added).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Trace Read(JsonElement trace) => new(
        trace[0].GetString() ?? "", new DateTimeOffset(DateTimeOffset.UnixEpoch.Ticks + (trace[1].GetInt64() * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
        trace[2].GetString() ?? "");
}

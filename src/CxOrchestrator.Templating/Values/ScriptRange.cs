using System.Collections;

namespace CxOrchestrator.Templating.Values;

/// <summary>A range such as <c>1..5</c>: a list of whole numbers, up or down, that takes no room.</summary>
internal sealed class ScriptRange : IReadOnlyList<object?>
{
    private readonly long _first;
    private readonly long _step;

    private ScriptRange(long first, long step, int count)
    {
        _first = first;
        _step = step;
        Count = count;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public object? this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return Box.Number(_first + (_step * index));
        }
    }

    /// <summary>The range, or null where it has more numbers than allowed.</summary>
    public static ScriptRange? Between(long first, long last, bool inclusive, int limit)
    {
        var count = UInt128.One * (ulong)Math.Abs((decimal)last - first) + (inclusive ? 1u : 0u);
        return count > (UInt128)(uint)limit ? null : new ScriptRange(first, first <= last ? 1 : -1, (int)count);
    }

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

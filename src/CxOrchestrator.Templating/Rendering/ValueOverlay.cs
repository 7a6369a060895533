using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>
/// Keeps the model as it is: where a template writes to a map or list of the model, a copy takes its place for the rest of
/// this rendering.
/// </summary>
internal sealed class ValueOverlay
{
    private Dictionary<object, object>? _copies;

    /// <summary>The map as this rendering sees it.</summary>
    public IReadOnlyDictionary<string, object?> Current(IReadOnlyDictionary<string, object?> map) =>
        _copies is not null && _copies.TryGetValue(map, out var copy) ? (IReadOnlyDictionary<string, object?>)copy : map;

    /// <summary>The list as this rendering sees it.</summary>
    public IReadOnlyList<object?> Current(IReadOnlyList<object?> list) =>
        _copies is not null && _copies.TryGetValue(list, out var copy) ? (IReadOnlyList<object?>)copy : list;

    /// <summary>The map to write to.</summary>
    public ScriptMap Writable(IReadOnlyDictionary<string, object?> map)
    {
        if (Current(map) is ScriptMap own) return own;
        var copy = new ScriptMap(map);
        (_copies ??= new Dictionary<object, object>(ReferenceEqualityComparer.Instance))[map] = copy;
        return copy;
    }

    /// <summary>The list to write to.</summary>
    public ScriptList Writable(IReadOnlyList<object?> list)
    {
        if (Current(list) is ScriptList own) return own;
        var copy = new ScriptList(list);
        (_copies ??= new Dictionary<object, object>(ReferenceEqualityComparer.Instance))[list] = copy;
        return copy;
    }
}

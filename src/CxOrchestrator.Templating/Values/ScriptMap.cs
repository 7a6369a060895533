using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CxOrchestrator.Templating.Values;

/// <summary>A map that a template may write to. Over a model it holds only what the template wrote.</summary>
internal sealed class ScriptMap : IReadOnlyDictionary<string, object?>
{
    private readonly Dictionary<string, object?> _own;
    private readonly IReadOnlyDictionary<string, object?>? _under;
    private HashSet<string>? _readOnly;

    /// <summary>An empty map.</summary>
    public ScriptMap() => _own = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>A map that shows another until it is written to; the other is never changed.</summary>
    public ScriptMap(IReadOnlyDictionary<string, object?> under)
    {
        _own = new Dictionary<string, object?>(StringComparer.Ordinal);
        _under = under;
    }

    /// <inheritdoc/>
    public int Count => _under is null ? _own.Count : _own.Count + _under.Keys.Count(key => !_own.ContainsKey(key));

    /// <inheritdoc/>
    public IEnumerable<string> Keys => this.Select(pair => pair.Key);

    /// <inheritdoc/>
    public IEnumerable<object?> Values => this.Select(pair => pair.Value);

    /// <inheritdoc/>
    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    /// <summary>Sets a member; the caller has asked <see cref="IsReadOnly"/>.</summary>
    public void Set(string key, object? value) => _own[key] = value;

    /// <summary>Forbids further changes of a member.</summary>
    public void MakeReadOnly(string key) => (_readOnly ??= new HashSet<string>(StringComparer.Ordinal)).Add(key);

    /// <summary>True where <c>readonly</c> was said of this member.</summary>
    public bool IsReadOnly(string key) => _readOnly is not null && _readOnly.Contains(key);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _own.ContainsKey(key) || (_under is not null && _under.ContainsKey(key));

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        if (_own.Count > 0 && _own.TryGetValue(key, out value)) return true;
        if (_under is not null) return _under.TryGetValue(key, out value);
        value = null;
        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        if (_under is not null)
        {
            foreach (var (key, value) in _under)
                yield return new KeyValuePair<string, object?>(key, _own.TryGetValue(key, out var own) ? own : value);
        }

        foreach (var pair in _own)
        {
            if (_under is null || !_under.ContainsKey(pair.Key)) yield return pair;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

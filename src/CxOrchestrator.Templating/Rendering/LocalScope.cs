using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>The variables with a dollar sign of one call, include or template.</summary>
internal sealed class LocalScope(ScriptList? arguments)
{
    private List<(string Name, object? Value)>? _variables;
    private HashSet<string>? _readOnly;

    /// <summary>What <c>$</c> is; null at the top of a template.</summary>
    public ScriptList? Arguments { get; } = arguments;

    /// <summary>Reads a variable; a named argument counts as one.</summary>
    public bool TryGet(string name, out object? value)
    {
        var at = Find(name);
        if (at >= 0)
        {
            value = _variables![at].Value;
            return true;
        }

        if (Arguments?.Members is { } named) return named.TryGetValue(name, out value);
        value = null;
        return false;
    }

    /// <summary>Sets a variable.</summary>
    public void Set(string name, object? value)
    {
        var at = Find(name);
        if (at >= 0) _variables![at] = (name, value);
        else (_variables ??= []).Add((name, value));
    }

    /// <summary>Forgets a variable.</summary>
    public void Remove(string name)
    {
        var at = Find(name);
        if (at >= 0) _variables!.RemoveAt(at);
    }

    /// <summary>Forbids further changes.</summary>
    public void MakeReadOnly(string name) => (_readOnly ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);

    /// <summary>True where <c>readonly</c> was said of it.</summary>
    public bool IsReadOnly(string name) => _readOnly is not null && _readOnly.Contains(name);

    private int Find(string name)
    {
        if (_variables is null) return -1;
        for (var i = _variables.Count - 1; i >= 0; i--)
        {
            if (_variables[i].Name == name) return i;
        }

        return -1;
    }
}

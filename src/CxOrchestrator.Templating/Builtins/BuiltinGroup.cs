using System.Collections;
using System.Diagnostics.CodeAnalysis;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>A group of functions such as <c>string</c>. Shared between all renderings; filled once and never changed after.</summary>
internal sealed class BuiltinGroup(string name) : IReadOnlyDictionary<string, object?>
{
    private readonly Dictionary<string, object?> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object?> _ours = new(StringComparer.Ordinal);

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public int Count => _members.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _members.Keys;

    /// <inheritdoc/>
    public IEnumerable<object?> Values => _members.Values;

    /// <summary>Names that Scriban doesn't have; they are found but not listed.</summary>
    public IEnumerable<string> OursAlone => _ours.Keys;

    /// <inheritdoc/>
    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    /// <summary>Adds a function.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="parameters">Names of its parameters; with a question mark they may be left out, with dots they take the rest.</param>
    /// <param name="body">What it does.</param>
    public BuiltinGroup Add(string function, string parameters, Func<RenderContext, CallArguments, object?> body)
    {
        _members[function] = Make(function, parameters, body);
        return this;
    }

    /// <summary>Adds a function that Scriban doesn't have.</summary>
    public BuiltinGroup AddOurs(string function, string parameters, Func<RenderContext, CallArguments, object?> body)
    {
        _ours[function] = Make(function, parameters, body);
        return this;
    }

    /// <summary>Adds a function that is left out: it is listed but can't be called.</summary>
    public BuiltinGroup AddLeftOut(string function) => Add(function, "arguments...", (_, _) =>
        throw new ArgumentFault(-1, $"`{Name}.{function}` is left out of the language here."));

    /// <summary>Adds a value.</summary>
    public BuiltinGroup AddValue(string member, object value)
    {
        _members[member] = value;
        return this;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _members.ContainsKey(key) || _ours.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) =>
        _members.TryGetValue(key, out value) || _ours.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Builtin Make(string function, string parameters, Func<RenderContext, CallArguments, object?> body)
    {
        var names = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var made = names.Select(parameter => new Parameter(parameter.TrimEnd('?', '.'), parameter.EndsWith('?'), null, parameter.EndsWith("...", StringComparison.Ordinal)));
        return new Builtin($"{Name}.{function}", [.. made], body);
    }
}

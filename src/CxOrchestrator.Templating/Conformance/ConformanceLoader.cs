namespace CxOrchestrator.Templating.Conformance;

/// <summary>The includes of the language tests: a name that isn't known is its own text.</summary>
internal sealed class ConformanceLoader(
    IReadOnlyDictionary<string, string?> own, IReadOnlyDictionary<string, string?> shared, TemplateParseOptions options) : ITemplateLoader
{
    private readonly Dictionary<string, CompiledTemplate?> _parsed = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public CompiledTemplate? Load(string name)
    {
        if (_parsed.TryGetValue(name, out var known)) return known;
        if (!own.TryGetValue(name, out var text) && !shared.TryGetValue(name, out text)) text = name == "null" ? null : name;
        return _parsed[name] = text is null ? null : CompiledTemplate.Parse(text, name, options).Template;
    }
}

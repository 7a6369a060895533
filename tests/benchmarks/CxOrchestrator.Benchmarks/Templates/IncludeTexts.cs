using CxOrchestrator.Templating;

namespace CxOrchestrator.Benchmarks.Templates;

/// <summary>Texts that <c>include</c> finds, parsed once; a name that nobody knows has none.</summary>
internal sealed class IncludeTexts(IReadOnlyDictionary<string, string> texts) : ITemplateLoader
{
    private readonly Dictionary<string, CompiledTemplate?> _parsed =
        texts.ToDictionary(text => text.Key, text => CompiledTemplate.Parse(text.Value, text.Key).Template, StringComparer.Ordinal);

    /// <inheritdoc/>
    public CompiledTemplate? Load(string name) => _parsed.GetValueOrDefault(name);
}

using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>An object such as <c>{ name: "x" }</c>.</summary>
internal sealed class MapLiteral(SourceSpan span, (string Name, Expression Value)[] members) : Expression(span)
{
    /// <summary>Its members.</summary>
    public IReadOnlyList<(string Name, Expression Value)> Members { get; } = members;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => members.Select(member => member.Value);

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context)
    {
        context.Charge(64 + (32L * members.Length));
        var map = new ScriptMap();
        foreach (var (name, value) in members) map.Set(name, value.Evaluate(context));
        return map;
    }
}

using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>import x</c>: the members of an object become variables, except read-only ones.</summary>
internal sealed class ImportStatement(SourceSpan span, Expression source) : Statement(span)
{
    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [source];

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        var value = source.Evaluate(context);
        if (value is null) return Flow.Next;
        var members = Coerce.AsMap(context, value) ??
            throw new TemplateFault(source.Span, $"`{source.Span}` is {Kind.Phrase(value)}; `import` needs an object.");
        var target = context.Globals.Writable();
        context.Charge(8L * members.Count);
        foreach (var (name, member) in members.ToArray())
        {
            if (!target.IsReadOnly(name)) target.Set(name, member);
        }

        return Flow.Next;
    }
}

using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>A function that a template declares: after <c>func</c>, as <c>do … end</c> or as <c>f(x) = …</c>.</summary>
internal sealed class FunctionLiteral(SourceSpan span, string name, ParameterSyntax[]? parameters, Block? body, Expression? value)
    : Expression(span)
{
    /// <summary>Parameters in parentheses; null for a simple function.</summary>
    public IReadOnlyList<ParameterSyntax>? Parameters { get; } = parameters;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children
    {
        get
        {
            foreach (var parameter in parameters ?? [])
            {
                if (parameter.Default is not null) yield return parameter.Default;
            }

            if (body is not null) yield return body;
            if (value is not null) yield return value;
        }
    }

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context)
    {
        context.Charge(64);
        var bound = parameters?.Select(p => new Parameter(p.Name, p.Default is not null, p.Default?.Evaluate(context), p.Rest)).ToArray();
        return new ScriptFunction(name, bound, body, value);
    }
}

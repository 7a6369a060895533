using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>Statements one after the other.</summary>
internal sealed class Block(SourceSpan span, Statement[] statements) : SyntaxNode(span)
{
    /// <summary>The statements.</summary>
    public IReadOnlyList<Statement> Statements => statements;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => statements;

    /// <summary>Runs them until one ends the block.</summary>
    public Flow Execute(RenderContext context)
    {
        foreach (var statement in statements)
        {
            context.Step(statement);
            var flow = statement.Indent is null ? statement.Execute(context) : ExecuteIndented(context, statement, statement.Indent);
            if (flow != Flow.Next) return flow;
        }

        return Flow.Next;
    }

    private static Flow ExecuteIndented(RenderContext context, Statement statement, string indent)
    {
        var output = context.Output;
        var outer = output.Indent;
        output.Indent = indent.Length == 0 ? null : indent;
        var flow = statement.Execute(context);
        output.Indent = outer;
        return flow;
    }
}

using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>while condition</c>.</summary>
internal sealed class WhileStatement(SourceSpan span, Expression condition, Block body) : Statement(span)
{
    /// <summary>What keeps it going.</summary>
    public Expression Condition => condition;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => [condition, body];

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        var state = new LoopState();
        var depth = context.Globals.Depth;
        context.Globals.PushLoop("while", state, null);
        context.EnterLoop();
        var flow = Flow.Next;
        for (var i = 0; flow is not (Flow.Break or Flow.Return) && condition.IsTrue(context); i++)
        {
            context.StepLoop(this);
            state.Index = i;
            flow = body.Execute(context);
        }

        context.LeaveLoop();
        context.Globals.Depth = depth;
        return flow == Flow.Return ? flow : Flow.Next;
    }
}
